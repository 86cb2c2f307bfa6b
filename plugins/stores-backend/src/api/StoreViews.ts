import { NotFoundError } from '@backstage/errors';
import {
  isStoreId,
  storeLogsReadPermission,
  type Store,
  type StoreEventPage,
} from '@storeyard/backstage-plugin-stores-common';
import type { StoreRecord, StoreRepository } from '../database';
import type { AccessCaller, StoreAccess } from '../permissions';
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

  async show(record: StoreRecord): Promise<Store> {
    const [store] = await this.showAll([record]);
    return store as Store;
  }

  async showAll(records: readonly StoreRecord[]): Promise<Store[]> {
    const { orchestrator, stores } = this.options;
    const waiting = records.some(waitsToBoot)
      ? (await stores.bootQueue()).waiting
      : [];
    return Promise.all(
      records.map(async record => {
        const position = waiting.indexOf(record.id);
        return toStore(record, {
          urls: await orchestrator.urls(record),
          queuePosition: position < 0 ? undefined : position,
        });
      }),
    );
  }

  /** Leaves the details out of events whose store's logs the caller may not read. */
  async showEvents(
    caller: AccessCaller,
    page: StoreEventPage,
  ): Promise<StoreEventPage> {
    const { access, stores } = this.options;
    const detailed = page.items.filter(({ details }) => details !== undefined);
    if (detailed.length === 0) {
      return page;
    }
    const mayRead = await access.judge(caller, storeLogsReadPermission);
    const ids = [...new Set(detailed.map(({ storeId }) => storeId))];
    const readable = new Set<string>();
    for (const id of ids) {
      const record = await stores.get(id);
      if (record !== undefined && mayRead(record)) {
        readable.add(id);
      }
    }
    return {
      ...page,
      items: page.items.map(({ details, ...event }) =>
        details !== undefined && readable.has(event.storeId)
          ? { ...event, details }
          : event,
      ),
    };
  }
}

function waitsToBoot(record: StoreRecord): boolean {
  return (
    record.bootQueuedAt !== undefined && record.bootStartedAt === undefined
  );
}
