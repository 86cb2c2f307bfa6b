import { ResponseError } from '@backstage/errors';
import type { ClusterStatus } from './ClusterStatus';
import type { CreateStoreRequest, storeOrders } from './requests';
import type { Store, StorePage, StorePlan } from './Store';
import type { StoreEventPage } from './StoreEvent';
import type { StoreState } from './StoreState';

/** The part of `fetch` that the client needs. */
export type StoresFetch = (
  url: string,
  init?: RequestInit,
) => Promise<Response>;

/** Options of {@link StoresClient.create}. */
export interface CreateStoresClientOptions {
  /** Where the plugin is, such as `plugin://stores` in a page or `https://…/api/stores`. */
  baseUrl: string | (() => Promise<string>);
  /** Sends the caller's credentials along; the global `fetch` unless given. */
  fetch?: StoresFetch;
}

/** Options that every call takes. */
export interface StoresRequestOptions {
  signal?: AbortSignal;
}

/** Options of {@link StoresClient.createStore}. */
export interface CreateStoreOptions extends StoresRequestOptions {
  /** The same key and request again answer with the same store. */
  idempotencyKey?: string;
}

/** Options of {@link StoresClient.listStores}. */
export interface ListStoresRequestOptions extends StoresRequestOptions {
  states?: readonly StoreState[];
  owner?: string;
  engine?: string;
  /** A part of the name or id. */
  query?: string;
  order?: (typeof storeOrders)[number];
  cursor?: string;
  limit?: number;
}

/** Options of {@link StoresClient.listEvents}. */
export interface ListEventsRequestOptions extends StoresRequestOptions {
  /** Only events behind this cursor. */
  after?: number;
  limit?: number;
  /** How long to wait for the first event, in seconds, at most 30. */
  wait?: number;
}

interface SendOptions extends StoresRequestOptions {
  method?: string;
  query?: Record<string, string | number | readonly string[] | undefined>;
  headers?: Record<string, string>;
  body?: unknown;
}

/**
 * Calls the REST API of the stores plugin.
 *
 * Every method throws a `ResponseError`, which carries the error that the
 * backend answered with, when the answer is not a success.
 */
export class StoresClient {
  static create(options: CreateStoresClientOptions): StoresClient {
    const { baseUrl } = options;
    return new StoresClient(
      typeof baseUrl === 'string' ? async () => baseUrl : baseUrl,
      options.fetch ?? ((url, init) => fetch(url, init)),
    );
  }

  private constructor(
    private readonly getBaseUrl: () => Promise<string>,
    private readonly fetch: StoresFetch,
  ) {}

  /** Asks for a store, which is answered at once in REQUESTED. */
  async createStore(
    request: CreateStoreRequest,
    options: CreateStoreOptions = {},
  ): Promise<Store> {
    const { idempotencyKey, signal } = options;
    return this.send('/', {
      method: 'POST',
      headers:
        idempotencyKey === undefined
          ? {}
          : { 'Idempotency-Key': idempotencyKey },
      body: request,
      signal,
    });
  }

  /** A page of stores; without `states` all but the DELETED ones. */
  async listStores(options: ListStoresRequestOptions = {}): Promise<StorePage> {
    const { states, query, signal, ...rest } = options;
    return this.send('/', {
      query: { ...rest, state: states, q: query },
      signal,
    });
  }

  async getStore(
    id: string,
    options: StoresRequestOptions = {},
  ): Promise<Store> {
    return this.send(storePath(id), options);
  }

  /** Asks for a store's end; again is the same, and one that is gone comes back DELETED. */
  async deleteStore(
    id: string,
    options: StoresRequestOptions = {},
  ): Promise<Store> {
    return this.send(storePath(id), { method: 'DELETE', ...options });
  }

  /** A page of a store's activity log, oldest first. */
  async listEvents(
    id: string,
    options: ListEventsRequestOptions = {},
  ): Promise<StoreEventPage> {
    const { signal, ...query } = options;
    return this.send(`${storePath(id)}/events`, { query, signal });
  }

  async listPlans(options: StoresRequestOptions = {}): Promise<StorePlan[]> {
    const { items } = await this.send<{ items: StorePlan[] }>(
      '/plans',
      options,
    );
    return items;
  }

  /** Whether the cluster can be worked with, and how far a local one's making is. */
  async getCluster(options: StoresRequestOptions = {}): Promise<ClusterStatus> {
    return this.send('/cluster', options);
  }

  private async send<T>(path: string, options: SendOptions): Promise<T> {
    const { method = 'GET', query = {}, headers = {}, body, signal } = options;
    const search = new URLSearchParams();
    for (const [name, value] of Object.entries(query)) {
      for (const each of [value ?? []].flat()) {
        search.append(name, String(each));
      }
    }
    const url = `${await this.getBaseUrl()}${path}${
      search.size > 0 ? `?${search}` : ''
    }`;
    const response = await this.fetch(url, {
      method,
      signal,
      headers:
        body === undefined
          ? headers
          : { 'Content-Type': 'application/json', ...headers },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    if (!response.ok) {
      throw await ResponseError.fromResponse(response);
    }
    return (await response.json()) as T;
  }
}

function storePath(id: string): string {
  return `/${encodeURIComponent(id)}`;
}
