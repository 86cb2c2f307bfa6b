import { isDeepStrictEqual } from 'node:util';
import type {
  LoggerService,
  SchedulerServiceTaskRunner,
} from '@backstage/backend-plugin-api';
import { stringifyError } from '@backstage/errors';
import type {
  DeferredEntity,
  EntityProvider,
  EntityProviderConnection,
} from '@backstage/plugin-catalog-node';
import type { EventsService } from '@backstage/plugin-events-node';
import {
  isActiveStoreState,
  isStoreId,
  type Store,
} from '@storeyard/backstage-plugin-stores-common';
import { StoresReader, type StoresReaderOptions } from './StoresReader';
import { storeEntityRefs, toStoreEntities } from './toStoreEntities';

/** Options of {@link StoresEntityProvider.create}. */
export interface StoresEntityProviderOptions extends StoresReaderOptions {
  events: EventsService;
  logger: LoggerService;
  /** Address of the list of stores in the portal. */
  pagesUrl: string;
  /** Runs the full sync. */
  runner: SchedulerServiceTaskRunner;
}

/** Stands for us where two sources know an entity of one name: the catalog then keeps the first. */
const locationKey = 'storeyard';

const topic = 'stores';

/** A listing that changes more often than this while it is being applied is left to the next sync. */
const maximumListings = 5;

/**
 * Shows every store that is not DELETED in the catalog. What it is told of (an event of the topic `stores`) is reread
 * one by one; a sync of all stores covers what it was not told of.
 */
export class StoresEntityProvider implements EntityProvider {
  static create(options: StoresEntityProviderOptions): StoresEntityProvider {
    return new StoresEntityProvider(options);
  }

  private connection: EntityProviderConnection | undefined;
  /** One mutation after the other: a full one would take away what a delta added while its stores were listed. */
  private mutating: Promise<void> = Promise.resolve();
  private readonly waiting = new Set<string>();
  private readonly reader: StoresReader;

  private constructor(private readonly options: StoresEntityProviderOptions) {
    this.reader = StoresReader.create(options);
  }

  getProviderName(): string {
    return 'stores';
  }

  async connect(connection: EntityProviderConnection): Promise<void> {
    const { events, runner } = this.options;
    this.connection = connection;
    await events.subscribe({
      // Replicas share the name, so that one of them hears each event.
      id: 'catalog-stores-provider',
      topics: [topic],
      onEvent: async ({ eventPayload }) => this.hear(eventPayload),
    });
    await runner.run({
      id: 'stores-entity-provider-sync',
      fn: signal => this.sync(signal),
    });
  }

  /** Reads all stores and makes the catalog show these and no others. */
  async sync(signal?: AbortSignal): Promise<void> {
    await this.mutate(async connection => {
      let stores = await this.reader.listAll(signal);
      for (let listings = 1; listings <= maximumListings; listings += 1) {
        const entities = stores.flatMap(store => this.toDeferred(store));
        await connection.applyMutation({ type: 'full', entities });
        // A delta that another replica applied in between was undone by that.
        stores = await this.reader.listAll(signal);
        const after = stores.flatMap(store => this.toDeferred(store));
        if (isDeepStrictEqual(entities, after)) {
          return;
        }
      }
    });
  }

  private hear(payload: unknown): void {
    const storeId = storeIdOf(payload);
    // What waits reads the store later than now.
    if (storeId === undefined || this.waiting.has(storeId)) {
      return;
    }
    this.waiting.add(storeId);
    this.mutate(async connection => {
      this.waiting.delete(storeId);
      await this.reread(connection, storeId);
    }).catch(error => {
      this.options.logger.warn(
        `store '${storeId}': its entity follows with the next full sync, since it could not be reread: ${stringifyError(
          error,
        )}`,
      );
    });
  }

  private async reread(
    connection: EntityProviderConnection,
    storeId: string,
  ): Promise<void> {
    const store = await this.reader.find(storeId);
    if (store !== undefined && isActiveStoreState(store.state)) {
      await connection.applyMutation({
        type: 'delta',
        added: this.toDeferred(store),
        removed: [],
      });
    } else {
      await connection.applyMutation({
        type: 'delta',
        added: [],
        removed: storeEntityRefs(storeId).map(entityRef => ({
          entityRef,
          locationKey,
        })),
      });
    }
  }

  private toDeferred(store: Store): DeferredEntity[] {
    return toStoreEntities(store, this.options).map(entity => ({
      entity,
      locationKey,
    }));
  }

  private mutate(
    act: (connection: EntityProviderConnection) => Promise<void>,
  ): Promise<void> {
    const { connection } = this;
    if (connection === undefined) {
      throw new Error('The provider of stores is not connected to the catalog');
    }
    const done = this.mutating.then(() => act(connection));
    this.mutating = done.catch(() => {});
    return done;
  }
}

function storeIdOf(payload: unknown): string | undefined {
  if (typeof payload !== 'object' || payload === null) {
    return undefined;
  }
  const { storeId } = payload as { storeId?: unknown };
  return typeof storeId === 'string' && isStoreId(storeId)
    ? storeId
    : undefined;
}
