import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { ConfigSources } from '@backstage/config-loader';
import authPlugin from '@backstage/plugin-auth-backend';
import type { JsonObject } from '@backstage/types';
import request from 'supertest';
import signInFeatures from '.';
import { listensOnLoopback } from './listensOnLoopback';

const productionFile = resolve(
  __dirname,
  '../../../../app-config.production.yaml',
);

/** What a provider tells of itself; nothing further of it is asked for before somebody logs in. */
async function startIssuer(): Promise<{ server: Server; url: string }> {
  const server = createServer((_, response) => {
    const { port } = server.address() as AddressInfo;
    const issuer = `http://127.0.0.1:${port}`;
    response.setHeader('content-type', 'application/json');
    response.end(
      JSON.stringify({
        issuer,
        authorization_endpoint: `${issuer}/auth`,
        token_endpoint: `${issuer}/token`,
        userinfo_endpoint: `${issuer}/me`,
        jwks_uri: `${issuer}/jwks`,
      }),
    );
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    server,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
  };
}

async function startAuth(data: JsonObject) {
  return startTestBackend({
    features: [
      authPlugin,
      signInFeatures,
      mockServices.rootConfig.factory({ data }),
    ],
  });
}

describe('sign-in', () => {
  it('sends people to the provider that the production configuration names, and lets no guest in', async () => {
    const issuer = await startIssuer();
    const config = await ConfigSources.toConfig(
      ConfigSources.default({
        argv: ['--config', productionFile],
        env: {},
        substitutionFunc: async name =>
          ({
            STOREYARD_BASE_URL: 'https://portal.example.com',
            STOREYARD_OIDC_METADATA_URL: `${issuer.url}/.well-known/openid-configuration`,
            STOREYARD_OIDC_CLIENT_ID: 'storeyard',
          }[name] ?? 'elsewhere'),
      }),
    );
    const { app, auth, backend } = config.get<{
      app: JsonObject;
      auth: JsonObject;
      backend: JsonObject;
    }>();
    const started = await startAuth({
      app,
      auth,
      backend: { baseUrl: backend.baseUrl },
    });
    try {
      const start = await request(started.server)
        .get('/api/auth/oidc/start')
        .query({ env: 'production', scope: 'openid' });
      expect(start.status).toBe(302);
      const login = new URL(start.headers.location ?? '');
      expect(login.origin + login.pathname).toBe(`${issuer.url}/auth`);
      expect(login.searchParams.get('client_id')).toBe('storeyard');
      expect(login.searchParams.get('redirect_uri')).toMatch(
        /\/api\/auth\/oidc\/handler\/frame$/,
      );
      expect(login.searchParams.has('prompt')).toBe(false);

      const guest = await request(started.server).post(
        '/api/auth/guest/refresh',
      );
      expect(guest.status).toBe(404);
    } finally {
      await started.stop();
      issuer.server.close();
    }
  });

  it('lets a guest in on loopback', async () => {
    const started = await startAuth({
      app: { baseUrl: 'http://localhost:7007' },
      backend: {
        baseUrl: 'http://localhost:7007',
        listen: { host: '127.0.0.1', port: 0 },
      },
      auth: {
        providers: { guest: { dangerouslyAllowOutsideDevelopment: true } },
      },
    });
    try {
      const guest = await request(started.server).post(
        '/api/auth/guest/refresh',
      );
      expect(guest.body.backstageIdentity.identity.userEntityRef).toBe(
        'user:development/guest',
      );
    } finally {
      await started.stop();
    }
  });

  it('starts nothing that would let guests in from elsewhere', async () => {
    await expect(
      startAuth({
        backend: { baseUrl: 'http://localhost:7007', listen: '0.0.0.0:7007' },
        auth: {
          providers: { guest: { dangerouslyAllowOutsideDevelopment: true } },
        },
      }),
    ).rejects.toThrow(
      "'backend.listen' must be a loopback address such as '127.0.0.1', and is '0.0.0.0:7007'",
    );
  });

  it.each([
    ['127.0.0.1:7007', true],
    ['localhost:7007', true],
    ['[::1]:7007', true],
    [{ host: '127.0.0.1', port: 7007 }, true],
    [':7007', false],
    ['0.0.0.0:7007', false],
    ['localhost.example.com:7007', false],
    [{ port: 7007 }, false],
    [undefined, false],
  ])('takes %j for loopback: %s', (listen, loopback) => {
    expect(
      listensOnLoopback(
        new ConfigReader({ backend: { ...(listen && { listen }) } }),
      ),
    ).toBe(loopback);
  });
});
