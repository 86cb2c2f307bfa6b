import {
  coreServices,
  createBackendPlugin,
  type LoggerService,
} from '@backstage/backend-plugin-api';
import {
  mockServices,
  startTestBackend,
  type TestBackend,
} from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { ServiceUnavailableError } from '@backstage/errors';
import {
  AuthorizeResult,
  type DefinitivePolicyDecision,
} from '@backstage/plugin-permission-common';
import type { Store } from '@storeyard/backstage-plugin-stores-common';
import request from 'supertest';
import type { Knex } from 'knex';
import {
  CallerResolver,
  createRouter,
  PlanCatalog,
  RateLimits,
  type RateLimitConfig,
  type StoreOrchestrator,
} from '../api';
import {
  DatabaseEventLog,
  DatabaseRateLimitStore,
  DatabaseStoreRepository,
  guardOf,
  migrateDatabase,
} from '../database';
import { EngineRegistry, MedusaEngine } from '../engines';
import { AnswerCheck } from './AnswerCheck';
import { StoreAccess } from '../permissions';

const plans = {
  small: { description: 'For small shops' },
  large: { description: 'For large shops' },
};

/** A backend with our router, what it keeps, and what it had looked at. */
export interface TestApi {
  backend: TestBackend;
  stores: DatabaseStoreRepository;
  knex: Knex;
  enqueued: string[];
  /** Answers that were not as the document has them. */
  wrongAnswers: string[];
}

/** Options of {@link startTestApi}. */
export interface TestApiOptions {
  /** Name of a permission that nobody has. */
  denied?: string;
  defaultOwner?: string;
  preparationFile?: string;
  auditor?: ReturnType<typeof mockServices.auditor.mock>;
  logger?: LoggerService;
  /** Kept instead of a new database in memory. */
  knex?: Knex;
  maximumStoresPerOwner?: number;
  /** What the cluster has to tell; it is away unless given. */
  orchestrator?: Partial<StoreOrchestrator>;
  /** Names of the plans, the first of them the default; `small` and `large` unless given. */
  plans?: string[];
  rateLimit?: Partial<RateLimitConfig>;
}

const unlimited = { limit: 1_000_000, windowSeconds: 60 };

const away = async () => {
  throw new ServiceUnavailableError('connection refused');
};

/** Starts a backend with our router on a database in memory; the cluster is away. */
export async function startTestApi(
  options: TestApiOptions = {},
): Promise<TestApi> {
  const enqueued: string[] = [];
  const shutdown = new AbortController();
  const orchestrator: StoreOrchestrator = {
    enqueue: storeId => enqueued.push(storeId),
    clusterStatus: () => ({ reachable: false, message: 'connection refused' }),
    health: async () => ({
      replicas: [],
      unheldStores: 0,
      cluster: { reachable: false, message: 'connection refused' },
    }),
    urls: async ({ id }) => ({
      storefront: `http://${id}.localhost:8080`,
      admin: `http://${id}.localhost:8080/app`,
      api: `http://${id}.localhost:8080/store`,
    }),
    storefront: async id => `http://${id}.localhost:8080`,
    resources: away,
    logs: away,
    credentials: away,
    capacity: away,
    checkUpgrade: async () => {},
    lacking: async () => undefined,
    ...options.orchestrator,
  };
  let stores: DatabaseStoreRepository | undefined;
  let keptKnex: Knex | undefined;
  const answers = AnswerCheck.create();
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
          keptKnex = knex;
          const events = DatabaseEventLog.create({
            knex,
            pollMilliseconds: 60_000,
          });
          stores = DatabaseStoreRepository.create({ knex, events });
          services.lifecycle.addShutdownHook(() => shutdown.abort());
          services.httpRouter.use(answers.middleware());
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
              logger: options.logger ?? services.logger,
              limits: RateLimits.create({
                auth: services.auth,
                config: {
                  requests: unlimited,
                  creations: unlimited,
                  ...options.rateLimit,
                },
                storeOf: prefix =>
                  DatabaseRateLimitStore.create({ knex, prefix }),
              }),
              maximumStoresPerOwner: options.maximumStoresPerOwner,
              metrics: {
                contentType: 'text/plain; version=0.0.4',
                text: async () => 'active_stores 0\n',
                summary: async () => ({ activeStores: 0 }),
              },
              orchestrator,
              plans: PlanCatalog.fromConfig(
                new ConfigReader({
                  stores: {
                    plans: options.plans
                      ? Object.fromEntries(
                          options.plans.map(name => [
                            name,
                            { description: `For ${name} shops` },
                          ]),
                        )
                      : plans,
                  },
                }),
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
  const decide = ({
    permission,
  }: {
    permission: { name: string };
  }): DefinitivePolicyDecision => ({
    result:
      permission.name === options.denied
        ? AuthorizeResult.DENY
        : AuthorizeResult.ALLOW,
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
        authorize: async requests => requests.map(decide),
        authorizeConditional: async requests => requests.map(decide),
      }).factory,
      ...(options.auditor ? [options.auditor.factory] : []),
      ...(options.knex
        ? [
            mockServices.database.mock({
              getClient: async () => options.knex as Knex,
            }).factory,
          ]
        : []),
    ],
  });
  return {
    backend,
    stores: stores!,
    knex: keptKnex!,
    enqueued,
    wrongAnswers: answers.problems,
  };
}

/** Starts backends that end with the test, whose answers all have to be as the document has them. */
export function useTestApis(): (options?: TestApiOptions) => Promise<TestApi> {
  const running: TestApi[] = [];
  afterEach(async () => {
    const ended = running.splice(0);
    await Promise.all(ended.map(({ backend }) => backend.stop()));
    const wrong = ended.flatMap(({ wrongAnswers }) => wrongAnswers);
    if (wrong.length > 0) {
      throw new Error(`Not as the document has it: ${wrong.join('; ')}`);
    }
  });
  return async options => {
    const api = await startTestApi(options);
    running.push(api);
    return api;
  };
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
