import { setTimeout as sleep } from 'node:timers/promises';
import type {
  Store,
  StoresClient,
} from '@storeyard/backstage-plugin-stores-common';

const POLL_MS = 250;

/** Options of {@link requestStores}. */
export interface RequestStoresOptions {
  client: StoresClient;
  count: number;
  /** Begins the stores' names, so that runs don't meet. */
  prefix: string;
  deadlineMs: number;
  /** Told of each store as it becomes READY, or FAILED. */
  onEnd(time: StoreTime): void;
}

/** When a store was READY, or why it is not. */
export interface StoreTime {
  /** In the order of the requests, from 0. */
  index: number;
  id: string;
  state: Store['state'];
  reason?: string;
  /** Since the first request. */
  seconds: number;
  /** The place that it waited at, as it was first seen; undefined when it didn't wait. */
  queuePosition?: number;
}

/** Requests stores one right after another and watches them until each is READY or FAILED, or the time is over. */
export async function requestStores(
  options: RequestStoresOptions,
): Promise<StoreTime[]> {
  const { client, count, deadlineMs, onEnd, prefix } = options;
  const begun = performance.now();
  const seconds = () => Math.round((performance.now() - begun) / 100) / 10;
  const ids: string[] = [];
  for (let index = 0; index < count; index += 1) {
    const store = await client.createStore({
      name: `${prefix} ${index + 1}`,
      engine: 'medusa',
    });
    ids.push(store.id);
  }
  const places = new Map<string, number>();
  const ended = new Map<string, StoreTime>();
  while (ended.size < count && performance.now() - begun < deadlineMs) {
    const { items } = await client.listStores({
      query: prefix,
      limit: 100,
      states: ['REQUESTED', 'PROVISIONING', 'READY', 'DEGRADED', 'FAILED'],
    });
    for (const { id, queuePosition, reason, state } of items) {
      const index = ids.indexOf(id);
      if (index < 0 || ended.has(id)) continue;
      if (queuePosition !== undefined && !places.has(id)) {
        places.set(id, queuePosition);
      }
      if (state === 'READY' || state === 'FAILED') {
        const time = {
          index,
          id,
          state,
          reason,
          seconds: seconds(),
          queuePosition: places.get(id),
        };
        ended.set(id, time);
        onEnd(time);
      }
    }
    await sleep(POLL_MS);
  }
  return [...ended.values()];
}
