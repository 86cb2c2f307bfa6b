import { deepStrictEqual } from 'node:assert';
import type { AddressInfo } from 'node:net';
import type { TestBackend } from '@backstage/backend-test-utils';
import { startTestApi, type TestApi } from './testApi';

/** What a test sends. */
interface SentRequest {
  method: string;
  path: string;
  body?: string;
  contentType?: string;
  headers?: Record<string, string>;
}

/** What it gets. */
interface ReceivedAnswer {
  status: number;
  text: string;
  error?: { message: string };
}

/** A backend with one store that refuses all that a file's tests send: each of them is held to it that nothing was kept. */
export function useRefusingApi() {
  let api: TestApi;
  let id: string;
  let kept: unknown;

  async function readAll(): Promise<unknown> {
    const { knex } = api;
    return {
      stores: await knex('stores').orderBy('id'),
      events: await knex('store_events').orderBy('sequence'),
      generations: await knex('store_generations'),
      enqueued: [...api.enqueued],
    };
  }

  beforeAll(async () => {
    api = await startTestApi({
      orchestrator: {
        lacking: async () => {
          throw new Error('asked for room before the request was checked');
        },
      },
    });
    const { store } = await api.stores.create({
      name: 'Kept',
      engine: 'medusa',
      plan: 'small',
      owner: 'user:default/mock',
      createdBy: 'user:default/mock',
      parameters: { currency: 'eur' },
      protected: false,
    });
    ({ id } = store);
    kept = await readAll();
  });

  afterAll(() => api.backend.stop());

  afterEach(async () => {
    deepStrictEqual(await readAll(), kept);
    deepStrictEqual(api.wrongAnswers, []);
  });

  return {
    server: (): TestBackend['server'] => api.backend.server,
    storeId: () => id,
    async send(options: SentRequest): Promise<ReceivedAnswer> {
      const { port } = api.backend.server.address() as AddressInfo;
      const { method, path, body, contentType = 'application/json' } = options;
      const response = await fetch(
        `http://localhost:${port}/api/stores${path}`,
        {
          method,
          headers: { 'Content-Type': contentType, ...options.headers },
          body: body === undefined ? undefined : new TextEncoder().encode(body),
        },
      );
      const text = await response.text();
      return {
        status: response.status,
        text,
        ...(text.startsWith('{') ? JSON.parse(text) : {}),
      };
    },
  };
}
