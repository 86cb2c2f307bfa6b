import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mockServices } from '@backstage/backend-test-utils';
import type {
  Store,
  StoreEvent,
  StoreEventType,
  StoreState,
} from '@storeyard/backstage-plugin-stores-common';
import {
  DefaultStoresService,
  type StoresService,
} from '@storeyard/backstage-plugin-stores-node';
import express, { type Router as ExpressRouter } from 'express';
import Router from 'express-promise-router';

interface Answer {
  status: number;
  name: string;
  message: string;
  headers?: Record<string, string>;
}

/** The stores plugin's API over a list in memory: orders by key, long polls, deletions. */
export class StandInStores {
  readonly stores = new Map<string, Store>();
  readonly events: StoreEvent[] = [];
  /** `method path` of each call. */
  readonly calls: string[] = [];
  /** The `Authorization` of each call. */
  readonly authorizations: string[] = [];
  readonly keys = new Map<string, string>();
  /** Answers to the next calls, in place of the true ones. */
  readonly refusals: Answer[] = [];
  quota = { owner: 'user:default/mock', used: 1, limit: 2, left: 1 };
  /** What happens to a store once it is ordered, and once it is to be deleted. */
  life: (id: string) => void = () => {};
  /** Called when somebody waits for an event that hasn't happened. */
  onWait: () => void = () => {};
  private readonly waiting = new Set<() => void>();
  private server: Server | undefined;

  add(id: string, changes: Partial<Store> = {}): Store {
    const storefront = `http://${id}.localhost:8080`;
    const now = '2026-01-02T03:04:05.678Z';
    const store: Store = {
      id,
      name: id,
      engine: 'medusa',
      plan: 'small',
      owner: 'user:default/mock',
      createdBy: 'user:default/mock',
      parameters: {},
      protected: false,
      state: 'REQUESTED',
      conditions: [],
      urls: {
        storefront,
        admin: `${storefront}/app`,
        api: `${storefront}/store`,
      },
      namespace: `store-${id}`,
      attempt: 0,
      generation: 1,
      observedGeneration: 0,
      createdAt: now,
      updatedAt: now,
      ...changes,
    };
    this.stores.set(id, store);
    return store;
  }

  /** Something happens to a store. */
  happen(
    storeId: string,
    type: StoreEventType,
    message: string,
    change: Partial<Store> = {},
    more: Partial<StoreEvent> = {},
  ): void {
    this.stores.set(storeId, { ...this.stores.get(storeId)!, ...change });
    this.events.push({
      sequence: this.events.length + 1,
      storeId,
      type,
      time: '2026-01-02T03:04:05.678Z',
      message,
      ...more,
    });
    this.waiting.forEach(wake => wake());
  }

  /** A life that ends well. */
  becomeReady(id: string): void {
    this.happen(id, 'provisioning-started', 'Begun', { state: 'PROVISIONING' });
    this.happen(id, 'database-ready', 'The database answers');
    this.happen(id, 'ready', 'Shoppers can use it', { state: 'READY' });
  }

  stateOf(id: string): StoreState | undefined {
    return this.stores.get(id)?.state;
  }

  /** Our actions' way to it. */
  async start(): Promise<StoresService> {
    const server = createServer(express().use(this.router()));
    await new Promise<void>(resolve =>
      server.listen(0, '127.0.0.1', () => resolve()),
    );
    this.server = server;
    const { port } = server.address() as AddressInfo;
    return DefaultStoresService.create({
      auth: mockServices.auth(),
      discovery: mockServices.discovery.mock({
        getBaseUrl: async () => `http://127.0.0.1:${port}`,
      }),
    });
  }

  async stop(): Promise<void> {
    this.server?.closeAllConnections();
    await new Promise<unknown>(resolve => this.server?.close(resolve));
  }

  router(): ExpressRouter {
    const router = Router();
    router.use(express.json());
    router.use((request, response, next) => {
      this.calls.push(`${request.method} ${request.path}`);
      this.authorizations.push(request.header('authorization') ?? '');
      const refusal = this.refusals.shift();
      if (refusal === undefined) {
        next();
      } else {
        response
          .set(refusal.headers ?? {})
          .status(refusal.status)
          .json({ error: refusal, response: { statusCode: refusal.status } });
      }
    });
    router.post('/', (request, response) => {
      const key = request.header('idempotency-key') ?? '';
      const known = this.keys.get(key);
      if (known !== undefined) {
        response.json(this.stores.get(known));
        return;
      }
      const { name, parameters = {}, ...rest } = request.body;
      const slug = name.toLowerCase().replace(/[^a-z0-9]+/g, '-');
      const id = `${slug}-${String(this.stores.size).padStart(5, '0')}`;
      this.add(id, { name, parameters, ...rest });
      this.keys.set(key, id);
      this.happen(
        id,
        'requested',
        `'${name}' was requested`,
        {},
        {
          actor: 'user:default/mock',
        },
      );
      response.status(201).json(this.stores.get(id));
      this.life(id);
    });
    router.get('/plans', (_, response) => {
      response.json({
        items: ['small', 'medium'].map(name => ({
          name,
          description: name,
          default: name === 'small',
        })),
        quota: this.quota,
      });
    });
    router.get('/names/:name', (request, response) => {
      const { name } = request.params;
      const taken = [...this.stores.values()].find(each => each.name === name);
      response.json({
        name,
        available: taken === undefined,
        ...(taken && { message: `is taken by store '${taken.id}'` }),
      });
    });
    router.get('/:id', (request, response) => {
      const store = this.stores.get(request.params.id);
      if (store) {
        response.json(store);
      } else {
        response.status(404).json({
          error: {
            name: 'NotFoundError',
            message: `There is no store '${request.params.id}'`,
          },
          response: { statusCode: 404 },
        });
      }
    });
    router.delete('/:id', (request, response) => {
      const { id } = request.params;
      if (this.stateOf(id) !== 'DELETING') {
        this.happen(id, 'deletion-requested', 'Its end was asked for', {
          state: 'DELETING',
        });
      }
      response.status(202).json(this.stores.get(id));
      this.life(id);
    });
    router.get('/:id/events', async (request, response) => {
      const { id } = request.params;
      const after = Number(request.query.after);
      const find = () =>
        this.events.filter(
          each => each.storeId === id && each.sequence > after,
        );
      if (find().length === 0 && Number(request.query.wait) > 0) {
        const happened = new Promise<void>(resolve => {
          this.waiting.add(resolve);
          request.on('close', resolve);
        });
        this.onWait();
        await happened;
      }
      const items = find();
      response.json({ items, cursor: items.at(-1)?.sequence ?? after });
    });
    return router;
  }
}
