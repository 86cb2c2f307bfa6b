import type {
  AuditorService,
  LoggerService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import {
  createStoreRequestSchema,
  idempotencyKeySchema,
  isStoreId,
  listEventsQuerySchema,
  listStoresQuerySchema,
  storeCreatePermission,
  storeDeletePermission,
  storeReadPermission,
  type ClusterReachability,
  type ClusterStatus,
  type Store,
  type StoreEventPage,
  type StorePage,
  type StoreUrls,
} from '@storeyard/backstage-plugin-stores-common';
import type { Request, Response, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import type { EventLog, StoreRecord, StoreRepository } from '../database';
import type { EngineRegistry } from '../engines';
import { requirePermission, type StoreAccess } from '../permissions';
import type { CallerResolver } from './Caller';
import { jsonBody } from './jsonBody';
import { parseRequest } from './parseRequest';
import type { PlanCatalog } from './PlanCatalog';
import { readPreparation } from './readPreparation';
import { StoreRequests } from './StoreRequests';
import { toStore } from './toStore';

/** What the router needs of the orchestrator. */
export interface StoreOrchestrator {
  /** Has a store looked at soon; called after the commit that asks for it. */
  enqueue(storeId: string): void;
  clusterStatus(): ClusterReachability;
  urls(record: StoreRecord): Promise<StoreUrls>;
}

/** Options of {@link createRouter}. */
export interface CreateRouterOptions {
  access: StoreAccess;
  auditor: AuditorService;
  callers: CallerResolver;
  engines: EngineRegistry;
  events: EventLog;
  logger: LoggerService;
  orchestrator: StoreOrchestrator;
  permissions: PermissionsService;
  plans: PlanCatalog;
  /** Where a local cluster's making writes how far it is. */
  preparationFile?: string;
  /** Ends the requests that wait for events. */
  shutdown: AbortSignal;
  stores: StoreRepository;
}

/** The REST API, see docs/api.md. */
export function createRouter(options: CreateRouterOptions): Router {
  const {
    callers,
    events,
    logger,
    orchestrator,
    permissions,
    plans,
    preparationFile,
    shutdown,
    stores,
  } = options;
  const requests = StoreRequests.create({
    ...options,
    enqueue: storeId => orchestrator.enqueue(storeId),
  });
  const router = PromiseRouter();
  router.use(...jsonBody());

  async function show(record: StoreRecord): Promise<Store> {
    return toStore(record, await orchestrator.urls(record));
  }

  async function find(id: string): Promise<StoreRecord> {
    const record = isStoreId(id) ? await stores.get(id) : undefined;
    if (record === undefined) {
      throw new NotFoundError(`no store '${id}'`);
    }
    return record;
  }

  async function authorizeRead(request: Request): Promise<void> {
    const { credentials } = await callers.resolve(request);
    await requirePermission(permissions, credentials, storeReadPermission);
  }

  router.post('/', async (request, response: Response<Store>) => {
    const caller = await callers.resolve(request);
    await requirePermission(
      permissions,
      caller.credentials,
      storeCreatePermission,
    );
    const body = parseRequest(createStoreRequestSchema, request.body, 'body');
    const key = parseRequest(
      idempotencyKeySchema.optional(),
      request.header('idempotency-key'),
      'header Idempotency-Key',
    );
    const { store, created } = await requests.createStore({
      request,
      caller,
      body,
      idempotencyKey: key,
    });
    response
      .status(created ? 201 : 200)
      .location(`${request.baseUrl}/${store.id}`)
      .json(await show(store));
  });

  router.get('/', async (request, response: Response<StorePage>) => {
    await authorizeRead(request);
    const { state, q, ...query } = parseRequest(
      listStoresQuerySchema,
      request.query,
      'query',
    );
    const page = await stores.list({ ...query, states: state, query: q });
    response.json({
      items: await Promise.all(page.items.map(show)),
      nextCursor: page.nextCursor,
    });
  });

  router.get('/plans', async (request, response) => {
    await authorizeRead(request);
    response.json({ items: plans.list() });
  });

  router.get('/cluster', async (request, response: Response<ClusterStatus>) => {
    await authorizeRead(request);
    response.json({
      ...orchestrator.clusterStatus(),
      preparation:
        preparationFile === undefined
          ? undefined
          : await readPreparation(preparationFile, logger),
    });
  });

  router.get('/:id', async (request, response: Response<Store>) => {
    await authorizeRead(request);
    response.json(await show(await find(request.params.id)));
  });

  router.get(
    '/:id/events',
    async (request, response: Response<StoreEventPage>) => {
      await authorizeRead(request);
      const { after, limit, wait } = parseRequest(
        listEventsQuerySchema,
        request.query,
        'query',
      );
      const { id } = await find(request.params.id);
      const gone = new AbortController();
      response.once('close', () => gone.abort());
      response.json(
        await events.waitForEvents({
          storeId: id,
          after,
          limit,
          timeoutMilliseconds: wait * 1000,
          signal: AbortSignal.any([gone.signal, shutdown]),
        }),
      );
    },
  );

  router.delete('/:id', async (request, response: Response<Store>) => {
    const caller = await callers.resolve(request);
    await requirePermission(
      permissions,
      caller.credentials,
      storeDeletePermission,
    );
    const { id } = await find(request.params.id);
    const store = await requests.deleteStore({ request, caller, id });
    response
      .status(store.state === 'DELETED' ? 200 : 202)
      .json(await show(store));
  });

  return router;
}
