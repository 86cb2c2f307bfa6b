import {
  Store,
  StoreEvent,
  StorePage,
} from '@storeyard/backstage-plugin-stores-common';
import { waitFor } from './waitFor';

export interface ApiAnswer<T> {
  status: number;
  body: T;
}

/** The portal's REST API as curl would use it, so that the tests see what is on the wire. */
export class StoresApi {
  static create(options: { baseUrl: string; token: string }): StoresApi {
    return new StoresApi(options.baseUrl, options.token);
  }

  private constructor(
    private readonly baseUrl: string,
    private readonly token: string,
  ) {}

  async request<T>(
    method: string,
    path: string,
    body?: unknown,
  ): Promise<ApiAnswer<T>> {
    const response = await fetch(`${this.baseUrl}/api/stores${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
      signal: AbortSignal.timeout(60_000),
    });
    const text = await response.text();
    return {
      status: response.status,
      body: (text ? JSON.parse(text) : undefined) as T,
    };
  }

  async create(name: string, parameters?: object): Promise<Store> {
    const answer = await this.request<Store>('POST', '', {
      name,
      engine: 'medusa',
      ...(parameters && { parameters }),
    });
    if (answer.status !== 201) {
      throw new Error(
        `POST of '${name}' answered ${answer.status}: ${JSON.stringify(
          answer.body,
        )}`,
      );
    }
    return answer.body;
  }

  async get(id: string): Promise<Store> {
    const answer = await this.request<Store>('GET', `/${id}`);
    if (answer.status !== 200) {
      throw new Error(
        `GET of '${id}' answered ${answer.status}: ${JSON.stringify(
          answer.body,
        )}`,
      );
    }
    return answer.body;
  }

  /** How many requests of the token's user count for the limit by now, this one too; by the server's own count. */
  async countedRequests(): Promise<number> {
    const response = await fetch(`${this.baseUrl}/api/stores/plans`, {
      headers: { authorization: `Bearer ${this.token}` },
    });
    const said = response.headers.get('ratelimit') ?? '';
    const policy = response.headers.get('ratelimit-policy') ?? '';
    const [, left] = /\br=(\d+)/.exec(said) ?? [];
    const [, limit] = /\bq=(\d+)/.exec(policy) ?? [];
    if (left === undefined || limit === undefined) {
      throw new Error(`No count in the limit '${said}' of '${policy}'`);
    }
    return Number(limit) - Number(left);
  }

  /** How many passes the loop has made over stores, by its own metrics. */
  async passes(): Promise<number> {
    const response = await fetch(`${this.baseUrl}/api/stores/metrics`, {
      headers: { authorization: `Bearer ${this.token}` },
    });
    const counts = (await response.text()).matchAll(
      /^storeyard_reconcile_duration_seconds_count\S* (\d+)$/gm,
    );
    return [...counts].reduce((sum, [, count]) => sum + Number(count), 0);
  }

  /** A store by its name. */
  async find(name: string): Promise<Store | undefined> {
    const { body } = await this.request<StorePage>(
      'GET',
      `?q=${encodeURIComponent(name)}`,
    );
    return body.items.find(each => each.name === name);
  }

  async events(id: string): Promise<StoreEvent[]> {
    const answer = await this.request<{ items: StoreEvent[] }>(
      'GET',
      `/${id}/events?limit=200`,
    );
    return answer.body.items;
  }

  async reaches(id: string, state: Store['state']): Promise<Store> {
    return waitFor({ what: `store '${id}' is ${state}` }, async () => {
      const store = await this.get(id);
      if (store.state === state) {
        return store;
      }
      throw new Error(
        `${store.state} ${store.reason ?? ''} ${store.message ?? ''}`,
      );
    });
  }
}
