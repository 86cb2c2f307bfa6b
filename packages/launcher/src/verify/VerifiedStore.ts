import { randomUUID } from 'node:crypto';
import type {
  Store,
  StoreEvent,
  StoreEventPage,
} from '@storeyard/backstage-plugin-stores-common';
import type { ShopAddress } from '@storeyard/store-image';
import { eventually, expectSame } from './expectations';
import type { RawAnswer, RunningPlatform } from './RunningPlatform';

const api = '/api/stores';

/** The store that a checklist makes, follows and takes away again. */
export class VerifiedStore {
  static create(options: { platform: RunningPlatform }): VerifiedStore {
    return new VerifiedStore(options.platform);
  }

  readonly name = `Verify ${randomUUID().slice(0, 8)}`;
  /** Of the order that was placed in it. */
  orderId: string | undefined;
  private readonly key = randomUUID();
  private made: Store | undefined;

  private constructor(readonly platform: RunningPlatform) {}

  /** As it was last seen. */
  get store(): Store {
    if (this.made === undefined) {
      throw new Error('no store was made');
    }
    return this.made;
  }

  get shop(): ShopAddress & { host: string } {
    return {
      baseUrl: this.platform.ingress,
      host: new URL(this.store.urls.storefront).host,
      signal: this.platform.signal,
    };
  }

  /** Asks for it; again is the same request. */
  async request(): Promise<RawAnswer> {
    const answer = await this.call('POST', '/', {
      body: { name: this.name, engine: 'medusa' },
      headers: { 'idempotency-key': this.key },
    });
    if (answer.status === 201) {
      this.made = JSON.parse(answer.text) as Store;
    }
    return answer;
  }

  /** A call of the REST API; any answer is one. */
  async call(
    method: string,
    path: string,
    options?: { body?: object; headers?: Record<string, string> },
  ): Promise<RawAnswer> {
    return this.platform.request(method, `${api}${path}`, options);
  }

  /** What a call answers that has to succeed. */
  async read<Result>(path: string): Promise<Result> {
    const answer = await this.call('GET', path);
    expectSame(`the status of GET ${path}`, answer.status, 200);
    return JSON.parse(answer.text) as Result;
  }

  /** All that happened to it, read page by page. */
  async events(): Promise<StoreEvent[]> {
    const found: StoreEvent[] = [];
    for (let after = 0; ; ) {
      const page = await this.read<StoreEventPage>(
        `/${this.store.id}/events?after=${after}&limit=10`,
      );
      if (page.items.length === 0) {
        return found;
      }
      found.push(...page.items);
      after = page.cursor;
    }
  }

  /** Waits for a state. */
  async reaches(state: Store['state'], seconds: number): Promise<Store> {
    const { id } = this.store;
    const { signal } = this.platform;
    this.made = await eventually(
      { what: `'${id}' is ${state}`, seconds, signal },
      async () => {
        const found = await this.read<Store>(`/${id}`);
        const { message, state: now } = found;
        expectSame(`the state${message ? ` (${message})` : ''}`, now, state);
        return found;
      },
    );
    return this.made;
  }

  /** Asks for its end unless it is gone; resolves to its id when there was something to do. */
  async remove(): Promise<string | undefined> {
    if (this.made === undefined || this.made.state === 'DELETED') {
      return undefined;
    }
    await this.call('DELETE', `/${this.made.id}`);
    return this.made.id;
  }
}
