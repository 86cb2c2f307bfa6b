import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  actionsRegistryServiceFactory,
  actionsServiceFactory,
} from '@backstage/backend-defaults/alpha';
import { authServiceFactory } from '@backstage/backend-defaults/auth';
import { httpAuthServiceFactory } from '@backstage/backend-defaults/httpAuth';
import { permissionsServiceFactory } from '@backstage/backend-defaults/permissions';
import { permissionsRegistryServiceFactory } from '@backstage/backend-defaults/permissionsRegistry';
import { userInfoServiceFactory } from '@backstage/backend-defaults/userInfo';
import {
  coreServices,
  createBackendModule,
  type DatabaseService,
} from '@backstage/backend-plugin-api';
import {
  mockServices,
  startTestBackend,
  type TestBackend,
} from '@backstage/backend-test-utils';
import authPlugin from '@backstage/plugin-auth-backend';
import {
  authProvidersExtensionPoint,
  createProxyAuthenticator,
  createProxyAuthProviderFactory,
} from '@backstage/plugin-auth-node';
import mcpActionsPlugin from '@backstage/plugin-mcp-actions-backend';
import permissionPlugin from '@backstage/plugin-permission-backend';
import storesPlugin from '@storeyard/backstage-plugin-stores-backend';
import {
  storeCredentialsReadPermission,
  storePermissions,
} from '@storeyard/backstage-plugin-stores-common';
import request from 'supertest';
import permissionPolicyModule from '..';

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
  /** Keeps what the loop would for a store whose objects are rendered. */
  pretendRendered(storeId: string): Promise<void>;
  stop(): Promise<void>;
}

async function countEvents(
  knex: Awaited<ReturnType<DatabaseService['getClient']>>,
): Promise<number> {
  const [row] = await knex('store_events').count({ total: '*' });
  return Number(row?.total);
}

/** Starts a portal on databases in memory. */
export async function startPortal(): Promise<TestPortal> {
  const directory = await mkdtemp(join(tmpdir(), 'storeyard-portal-'));
  let database: DatabaseService | undefined;
  const databaseModule = createBackendModule({
    pluginId: 'stores',
    moduleId: 'test-database',
    register(env) {
      env.registerInit({
        deps: { service: coreServices.database },
        async init({ service }) {
          database = service;
        },
      });
    },
  });
  const backend = await startTestBackend({
    features: [
      databaseModule,
      actionsRegistryServiceFactory,
      actionsServiceFactory,
      authServiceFactory,
      httpAuthServiceFactory,
      permissionsServiceFactory,
      permissionsRegistryServiceFactory,
      userInfoServiceFactory,
      authPlugin,
      signInModule,
      mcpActionsPlugin,
      permissionPlugin,
      permissionPolicyModule,
      storesPlugin,
      mockServices.rootConfig.factory({
        data: {
          app: { baseUrl: 'http://localhost' },
          backend: {
            actions: { pluginSources: ['stores'] },
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
    async pretendRendered(storeId) {
      const knex = await database!.getClient();
      await knex('store_generations').insert({
        store_id: storeId,
        generation: 1,
        plan: 'small',
        parameters: '{}',
        chart_version: '1.0.0',
        image_version: '1.0.0',
        chart_values: '{}',
        objects: '[]',
      });
      await knex('store_events').insert({
        sequence: 1_000_000 + (await countEvents(knex)),
        store_id: storeId,
        type: 'rendered',
        message: 'Rendered',
        details: JSON.stringify({ chartVersion: '1.0.0' }),
        created_at: new Date(),
      });
    },
    async stop() {
      await backend.stop();
      await rm(directory, { recursive: true });
    },
  };
}
