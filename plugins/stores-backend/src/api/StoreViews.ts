import { NotFoundError } from '@backstage/errors';
import {
  isStoreId,
  storeLogsReadPermission,
  type Store,
  type StoreEventPage,
} from '@storeyard/backstage-plugin-stores-common';
import type { StoreRecord, StoreRepository } from '../database';
import type { AccessCaller, StoreAccess } from '../permissions';
import { redactEvent, redactStore } from './redact';
import type { StoreOrchestrator } from './StoreOrchestrator';
import { toStore } from './toStore';

/** Options of {@link StoreViews.create}. */
export interface StoreViewsOptions {
  access: StoreAccess;
  orchestrator: Pick<StoreOrchestrator, 'urls'>;
  stores: StoreRepository;
}

/** Stores and events as callers get to see them. */
export class StoreViews {
  static create(options: StoreViewsOptions): StoreViews {
    return new StoreViews(options);
  }

  private constructor(private readonly options: StoreViewsOptions) {}

  /** @throws NotFoundError when there is no such store */
  async find(id: string): Promise<StoreRecord> {
    const record = isStoreId(id)
      ? await this.options.stores.get(id)
      : undefined;
    if (record === undefined) {
      throw new NotFoundError(`no store '${id}'`);
    }
    return record;
  }

  async show(caller: AccessCaller, record: StoreRecord): Promise<Store> {
    const [store] = await this.showAll(caller, [record]);
    return store as Store;
  }

  /** Leaves out what the logs have told where the caller may not read them. */
  async showAll(
    caller: AccessCaller,
    records: readonly StoreRecord[],
  ): Promise<Store[]> {
    const { access, orchestrator, stores } = this.options;
    const mayReadLogs = await access.judge(caller, storeLogsReadPermission);
    const waiting = records.some(waitsToBoot)
      ? (await stores.bootQueue()).waiting
      : [];
    return Promise.all(
      records.map(async record => {
        const position = waiting.indexOf(record.id);
        const store = toStore(record, {
          urls: await orchestrator.urls(record),
          queuePosition: position < 0 ? undefined : position,
        });
        return mayReadLogs(record) ? store : redactStore(store);
      }),
    );
  }

  /** Leaves out what the logs have told where the caller may not read them. */
  async showEvents(
    caller: AccessCaller,
    page: StoreEventPage,
  ): Promise<StoreEventPage> {
    const { access, stores } = this.options;
    if (page.items.length === 0) {
      return page;
    }
    const mayReadLogs = await access.judge(caller, storeLogsReadPermission);
    const readable = new Set<string>();
    for (const id of new Set(page.items.map(({ storeId }) => storeId))) {
      const record = await stores.get(id);
      if (record !== undefined && mayReadLogs(record)) {
        readable.add(id);
      }
    }
    return {
      ...page,
      items: page.items.map(event =>
        readable.has(event.storeId) ? event : redactEvent(event),
      ),
    };
  }
}

function waitsToBoot(record: StoreRecord): boolean {
  return (
    record.bootQueuedAt !== undefined && record.bootStartedAt === undefined
  );
}
