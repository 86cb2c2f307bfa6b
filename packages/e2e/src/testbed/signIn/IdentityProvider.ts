import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider from 'oidc-provider';
import { people } from './people';

const clientId = 'storeyard';

/** Options of {@link IdentityProvider.start}. */
export interface StartIdentityProviderOptions {
  /** Where the portal is, such as `http://localhost:7008`. */
  portalUrl: string;
}

/**
 * An OpenID Connect provider on a free port of loopback, which knows the tests' people by their e-mail addresses and
 * takes any password.
 */
export class IdentityProvider {
  static async start(
    options: StartIdentityProviderOptions,
  ): Promise<IdentityProvider> {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const issuer = `http://127.0.0.1:${port}`;
    const clientSecret = randomBytes(24).toString('hex');
    const provider = new Provider(issuer, {
      clients: [
        {
          client_id: clientId,
          client_secret: clientSecret,
          grant_types: ['authorization_code', 'refresh_token'],
          response_types: ['code'],
          redirect_uris: [`${options.portalUrl}/api/auth/oidc/handler/frame`],
        },
      ],
      claims: {
        openid: ['sub'],
        email: ['email', 'email_verified'],
        profile: ['name'],
      },
      cookies: { keys: [randomBytes(24).toString('hex')] },
      features: { devInteractions: { enabled: true } },
      findAccount: (_, id) => {
        const person = people.find(({ email }) => email === id);
        return (
          person && {
            accountId: id,
            claims: () => ({
              sub: id,
              email: person.email,
              email_verified: true,
              name: person.displayName,
            }),
          }
        );
      },
      // Without a refresh token a reload of the page signs out.
      issueRefreshToken: () => true,
      pkce: { required: () => false },
    });
    server.on('request', provider.callback());
    return new IdentityProvider(issuer, clientSecret, server);
  }

  private constructor(
    readonly issuer: string,
    private readonly clientSecret: string,
    private readonly server: Server,
  ) {}

  /** What the portal's configuration says of it. */
  get config(): object {
    return {
      metadataUrl: `${this.issuer}/.well-known/openid-configuration`,
      clientId,
      clientSecret: this.clientSecret,
      prompt: 'auto',
      signIn: {
        resolvers: [{ resolver: 'emailMatchingUserEntityProfileEmail' }],
      },
    };
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }
}
