import { IdentityProvider } from './IdentityProvider';

describe('IdentityProvider', () => {
  it('tells where to sign in, and asks who is there before it sends anybody back', async () => {
    const provider = await IdentityProvider.start({
      portalUrl: 'http://localhost:7008',
    });
    try {
      const described = await fetch(
        `${provider.issuer}/.well-known/openid-configuration`,
      );
      const metadata = await described.json();
      expect(metadata.issuer).toBe(provider.issuer);
      const login = await fetch(
        `${metadata.authorization_endpoint}?${new URLSearchParams({
          client_id: 'storeyard',
          redirect_uri: 'http://localhost:7008/api/auth/oidc/handler/frame',
          response_type: 'code',
          scope: 'openid email',
        })}`,
        { redirect: 'manual' },
      );
      expect(login.status).toBe(303);
      expect(login.headers.get('location')).toMatch(/^\/interaction\//);
    } finally {
      await provider.stop();
    }
  });

  it('sends nobody to a portal that it does not know', async () => {
    const provider = await IdentityProvider.start({
      portalUrl: 'http://localhost:7008',
    });
    try {
      const login = await fetch(
        `${provider.issuer}/auth?${new URLSearchParams({
          client_id: 'storeyard',
          redirect_uri: 'http://localhost:7009/api/auth/oidc/handler/frame',
          response_type: 'code',
          scope: 'openid email',
        })}`,
        { redirect: 'manual' },
      );
      expect(login.status).toBe(400);
    } finally {
      await provider.stop();
    }
  });
});
