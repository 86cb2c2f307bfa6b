import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import {
  mockServices,
  startTestBackend,
  type TestBackend,
} from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import type { Store } from '@storeyard/backstage-plugin-stores-common';
import request from 'supertest';
import {
  CallerResolver,
  createRouter,
  PlanCatalog,
  type StoreOrchestrator,
} from '../api';
import {
  DatabaseEventLog,
  DatabaseStoreRepository,
  guardOf,
  migrateDatabase,
} from '../database';
import { EngineRegistry, MedusaEngine } from '../engines';
import { StoreAccess } from '../permissions';

const plans = {
  small: { description: 'For small shops' },
  large: { description: 'For large shops' },
};

/** A backend with our router, what it keeps, and what it had looked at. */
export interface TestApi {
  backend: TestBackend;
  stores: DatabaseStoreRepository;
  enqueued: string[];
}

/** Options of {@link startTestApi}. */
export interface TestApiOptions {
  /** Name of a permission that nobody has. */
  denied?: string;
  defaultOwner?: string;
  preparationFile?: string;
  auditor?: ReturnType<typeof mockServices.auditor.mock>;
}

/** Starts a backend with our router on a database in memory; the cluster is away. */
export async function startTestApi(
  options: TestApiOptions = {},
): Promise<TestApi> {
  const enqueued: string[] = [];
  const shutdown = new AbortController();
  const orchestrator: StoreOrchestrator = {
    enqueue: storeId => enqueued.push(storeId),
    clusterStatus: () => ({ reachable: false, message: 'connection refused' }),
    urls: async ({ id }) => ({
      storefront: `http://${id}.localhost:8080`,
      admin: `http://${id}.localhost:8080/app`,
      api: `http://${id}.localhost:8080/store`,
    }),
  };
  let stores: DatabaseStoreRepository | undefined;
  const plugin = createBackendPlugin({
    pluginId: 'stores',
    register(env) {
      env.registerInit({
        deps: {
          auditor: coreServices.auditor,
          auth: coreServices.auth,
          database: coreServices.database,
          httpAuth: coreServices.httpAuth,
          httpRouter: coreServices.httpRouter,
          lifecycle: coreServices.lifecycle,
          logger: coreServices.logger,
          permissions: coreServices.permissions,
          permissionsRegistry: coreServices.permissionsRegistry,
          userInfo: coreServices.userInfo,
        },
        async init(services) {
          const knex = await migrateDatabase(services.database);
          const events = DatabaseEventLog.create({
            knex,
            pollMilliseconds: 60_000,
          });
          stores = DatabaseStoreRepository.create({ knex, events });
          services.lifecycle.addShutdownHook(() => shutdown.abort());
          services.httpRouter.use(
            createRouter({
              ...services,
              access: StoreAccess.create({
                ...services,
                getStores: async ids =>
                  Promise.all(ids.map(id => stores!.get(id))),
              }),
              callers: CallerResolver.create({
                ...services,
                defaultOwner: options.defaultOwner,
              }),
              engines: EngineRegistry.create([MedusaEngine.create()]),
              events,
              orchestrator,
              plans: PlanCatalog.fromConfig(
                new ConfigReader({ stores: { plans } }),
              ),
              preparationFile: options.preparationFile,
              shutdown: shutdown.signal,
              stores,
            }),
          );
        },
      });
    },
  });
  const backend = await startTestBackend({
    features: [
      plugin,
      mockServices.userInfo.mock({
        getUserInfo: async () => ({
          userEntityRef: 'user:default/mock',
          ownershipEntityRefs: ['user:default/mock', 'group:default/shop-team'],
        }),
      }).factory,
      mockServices.permissions.mock({
        authorize: async requests =>
          requests.map(({ permission }) => ({
            result:
              permission.name === options.denied
                ? AuthorizeResult.DENY
                : AuthorizeResult.ALLOW,
          })),
      }).factory,
      ...(options.auditor ? [options.auditor.factory] : []),
    ],
  });
  return { backend, stores: stores!, enqueued };
}

/** A request that is fine. */
export const toys = { name: 'Toys & Games', engine: 'medusa' };

/** Has a store made over the API. */
export async function createStore(
  { backend }: TestApi,
  body: Record<string, unknown> = {},
): Promise<Store> {
  const response = await request(backend.server)
    .post('/api/stores')
    .send({ ...toys, ...body });
  if (response.status !== 201) {
    throw new Error(`${response.status} ${response.text}`);
  }
  return response.body;
}

/** Takes a store to DELETED without a cluster. */
export async function markDeleted(
  { stores }: TestApi,
  id: string,
): Promise<void> {
  const store = await stores.requestDeletion({ id, actor: 'test' });
  await stores.transition({
    id,
    guard: guardOf(store),
    to: 'DELETED',
    events: [],
  });
}
