import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type {
  Store,
  StoreState,
} from '@storeyard/backstage-plugin-stores-common';
import express, { type Router as ExpressRouter } from 'express';
import Router from 'express-promise-router';

/** A store as the API answers it. */
export function newStore(id: string, changes: Partial<Store> = {}): Store {
  const storefront = `http://${id}.localhost:8080`;
  return {
    id,
    name: `Shop ${id}`,
    engine: 'medusa',
    plan: 'small',
    owner: 'group:default/toys',
    createdBy: 'user:default/ada',
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
    createdAt: '2026-01-02T03:04:05.678Z',
    updatedAt: '2026-01-02T03:04:05.678Z',
    ...changes,
  };
}

/** The reading part of the stores plugin's API over a list in memory, in pages of two. */
export class StandInStores {
  readonly stores = new Map<string, Store>();
  readonly calls: string[] = [];
  /** How many of the next calls are answered 503. */
  failures = 0;
  /** Called before a page of the list is answered. */
  beforeList: () => Promise<void> = async () => {};
  private server: Server | undefined;

  set(id: string, changes: Partial<Store> = {}): Store {
    const store = { ...(this.stores.get(id) ?? newStore(id)), ...changes };
    this.stores.set(id, store);
    return store;
  }

  setState(id: string, state: StoreState): void {
    this.set(id, { state });
  }

  router(): ExpressRouter {
    const router = Router();
    router.use((request, response, next) => {
      this.calls.push(request.path);
      if (this.failures > 0) {
        this.failures -= 1;
        response.status(503).json({
          error: { name: 'ServiceUnavailableError', message: 'starting' },
        });
        return;
      }
      next();
    });
    router.get('/', async (request, response) => {
      await this.beforeList();
      const active = [...this.stores.values()].filter(
        ({ state }) => state !== 'DELETED',
      );
      const start = Number(request.query.cursor ?? 0);
      const end = start + 2;
      response.json({
        items: active.slice(start, end),
        nextCursor: end < active.length ? String(end) : undefined,
      });
    });
    router.get('/:id', (request, response) => {
      const store = this.stores.get(request.params.id);
      if (store) {
        response.json(store);
      } else {
        response.status(404).json({
          error: { name: 'NotFoundError', message: 'There is no such store' },
        });
      }
    });
    return router;
  }

  /** Resolves to the address that it answers under. */
  async start(): Promise<string> {
    const server = createServer(express().use(this.router()));
    await new Promise<void>(resolve =>
      server.listen(0, '127.0.0.1', () => resolve()),
    );
    this.server = server;
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    await new Promise<unknown>(resolve => this.server?.close(resolve));
  }
}
