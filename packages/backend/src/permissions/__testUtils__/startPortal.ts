import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { authServiceFactory } from '@backstage/backend-defaults/auth';
import { httpAuthServiceFactory } from '@backstage/backend-defaults/httpAuth';
import { permissionsServiceFactory } from '@backstage/backend-defaults/permissions';
import { permissionsRegistryServiceFactory } from '@backstage/backend-defaults/permissionsRegistry';
import { userInfoServiceFactory } from '@backstage/backend-defaults/userInfo';
import { createBackendModule } from '@backstage/backend-plugin-api';
import {
  mockServices,
  startTestBackend,
  type TestBackend,
} from '@backstage/backend-test-utils';
import {
  authProvidersExtensionPoint,
  createProxyAuthenticator,
  createProxyAuthProviderFactory,
} from '@backstage/plugin-auth-node';
import {
  storeCredentialsReadPermission,
  storePermissions,
} from '@storeyard/backstage-plugin-stores-common';
import request from 'supertest';

/** The people of the tests, and what they own by. */
const people = {
  ada: ['user:default/ada', 'group:default/toys'],
  bob: ['user:default/bob', 'group:default/books'],
  root: ['user:default/root', 'group:default/platform'],
} as const;

/** Somebody who can sign in. */
export type Person = keyof typeof people;

/** Signs whoever the header names in: a provider as any other, but without a password. */
const signInModule = createBackendModule({
  pluginId: 'auth',
  moduleId: 'test-sign-in',
  register(env) {
    env.registerInit({
      deps: { providers: authProvidersExtensionPoint },
      async init({ providers }) {
        providers.registerProvider({
          providerId: 'test',
          factory: createProxyAuthProviderFactory({
            authenticator: createProxyAuthenticator({
              defaultProfileTransform: async () => ({ profile: {} }),
              initialize: () => ({}),
              authenticate: async ({ req }) => ({
                result: { person: req.header('x-person') as Person },
              }),
            }),
            signInResolver: async ({ result: { person } }, context) =>
              context.issueToken({
                claims: { sub: people[person][0], ent: [...people[person]] },
              }),
          }),
        });
      },
    });
  },
});

/** Static tokens of services. */
export const tokens = {
  service: 'a-service-token-of-the-tests-0001',
  restricted: 'a-restricted-token-of-the-tests-01',
};

/** A portal with the real sign-in, permissions and policy, and no cluster. */
export interface TestPortal {
  backend: TestBackend;
  signIn(person: Person): Promise<string>;
  stop(): Promise<void>;
}

/** Starts a portal on databases in memory. */
export async function startPortal(): Promise<TestPortal> {
  const directory = await mkdtemp(join(tmpdir(), 'storeyard-portal-'));
  const backend = await startTestBackend({
    features: [
      authServiceFactory,
      httpAuthServiceFactory,
      permissionsServiceFactory,
      permissionsRegistryServiceFactory,
      userInfoServiceFactory,
      import('@backstage/plugin-auth-backend'),
      signInModule,
      import('@backstage/plugin-permission-backend'),
      import('..'),
      import('@storeyard/backstage-plugin-stores-backend'),
      mockServices.rootConfig.factory({
        data: {
          app: { baseUrl: 'http://localhost' },
          backend: {
            auth: {
              externalAccess: [
                {
                  type: 'static',
                  options: { token: tokens.service, subject: 'service' },
                },
                {
                  type: 'static',
                  options: { token: tokens.restricted, subject: 'npm-start' },
                  accessRestrictions: [
                    {
                      plugin: 'stores',
                      permission: storePermissions
                        .filter(each => each !== storeCredentialsReadPermission)
                        .map(({ name }) => name),
                    },
                  ],
                },
              ],
            },
          },
          permission: { enabled: true },
          auth: { providers: { test: {} } },
          stores: {
            secretKey: 'k'.repeat(32),
            defaultOwner: 'group:default/toys',
            platformAdmins: ['group:default/platform'],
            // There is none: requests are kept and wait.
            cluster: { kubeconfig: join(directory, 'kubeconfig') },
            notifications: { enabled: false },
            rateLimit: {
              requests: { limit: 100_000, windowSeconds: 60 },
              creations: { limit: 100_000, windowSeconds: 60 },
            },
            plans: { small: { description: 'For small shops', values: {} } },
          },
        },
      }),
    ],
  });
  return {
    backend,
    async signIn(person) {
      const response = await request(backend.server)
        .post('/api/auth/test/refresh')
        .set('X-Person', person);
      if (response.status !== 200) {
        throw new Error(`${person}: ${response.status} ${response.text}`);
      }
      return response.body.backstageIdentity.token;
    },
    async stop() {
      await backend.stop();
      await rm(directory, { recursive: true });
    },
  };
}
