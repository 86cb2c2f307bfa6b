import { setTimeout as sleep } from 'node:timers/promises';
import {
  CustomErrorBase,
  ResponseError,
  stringifyError,
} from '@backstage/errors';
import {
  maximumEventWaitSeconds,
  type Store,
  type StoreEventType,
} from '@storeyard/backstage-plugin-stores-common';
import { EventReader, type EventReaderOptions } from './EventReader';
import { StoreFailedError } from './StoreFailedError';

/** What a store can be waited for to be. */
export type AwaitedState = 'READY' | 'DELETED';

/** How long a step waits at most, unless told otherwise. */
export const defaultTimeoutMinutes = 30;

/** Options of {@link followStore}. */
export interface FollowStoreOptions extends EventReaderOptions {
  awaited: AwaitedState;
  /** Whether the log has all that happened also when the store is there already; false unless given. */
  fromStart?: boolean;
  /** Address of the store's page. */
  page: string;
  timeoutMinutes: number;
  /** Milliseconds between two attempts while the stores plugin doesn't answer; 2000 unless given. */
  retryMilliseconds?: number;
}

/** That a store was not what it was waited for in time. */
class StoreWaitTimeoutError extends CustomErrorBase {
  override name = 'StoreWaitTimeoutError' as const;
}

/** After these a store may be at the end of what it is waited for; looking only then spares the user's rate limit. */
const decisive: readonly StoreEventType[] = [
  'ready',
  'recovered',
  'failed',
  'upgrade-failed',
  'deletion-requested',
  'deleted',
];

/**
 * Waits until a store is READY or DELETED, and logs its events as they happen. What it can't read for a while (a restart
 * of the backend, the rate limit) it reads later.
 *
 * @throws StoreFailedError when the store has failed, or is being deleted while it is waited for to be READY
 */
export async function followStore(options: FollowStoreOptions): Promise<Store> {
  const { client, id, logger, page, signal, timeoutMinutes } = options;
  const deadline = Date.now() + timeoutMinutes * 60_000;
  const log = EventReader.create(options);
  let look = true;
  for (;;) {
    try {
      if (look) {
        const store = await client.getStore(id, { signal });
        if (isThere(store, options)) {
          if (options.fromStart || log.hasBegun) {
            await log.finish();
          }
          return store;
        }
      }
      const events = await log.read(maximumEventWaitSeconds);
      // A quiet time may be one in which we missed something.
      look =
        events.length === 0 ||
        events.some(({ type }) => decisive.includes(type));
    } catch (error) {
      if (signal?.aborted) {
        logger.warn(
          `The waiting was cancelled. The store '${id}' goes on by itself: ${page}`,
        );
        throw error;
      }
      if (error instanceof StoreFailedError) {
        throw error;
      }
      const pause = pauseAfter(error, options);
      if (pause === undefined || Date.now() + pause > deadline) {
        logger.warn(
          `The waiting ends here. The store '${id}' goes on by itself: ${page}`,
        );
        throw error;
      }
      logger.warn(
        `The store can't be read at the moment, trying again: ${stringifyError(
          error,
        )}`,
      );
      await sleep(pause, undefined, { signal }).catch(() => {});
      look = true;
    }
    if (Date.now() > deadline) {
      throw new StoreWaitTimeoutError(
        `The store '${id}' is not ${options.awaited} after ${timeoutMinutes} minutes. It goes on by itself: ${page}`,
      );
    }
  }
}

function isThere(store: Store, options: FollowStoreOptions): boolean {
  const { state } = store;
  if (state === options.awaited) {
    return true;
  }
  if (
    options.awaited === 'READY' &&
    (state === 'FAILED' || state === 'DELETING' || state === 'DELETED')
  ) {
    throw StoreFailedError.of(store, options.page);
  }
  return false;
}

/** Milliseconds until the same may be asked again; undefined when there is no use in that. */
function pauseAfter(
  error: unknown,
  options: FollowStoreOptions,
): number | undefined {
  const { retryMilliseconds = 2_000 } = options;
  if (!ResponseError.is(error)) {
    // `fetch` failed: nobody answers where the plugin is.
    return error instanceof TypeError ? retryMilliseconds : undefined;
  }
  if (error.statusCode === 429) {
    const seconds = Number(error.response.headers.get('retry-after') ?? NaN);
    return Number.isFinite(seconds) ? seconds * 1_000 : retryMilliseconds;
  }
  return error.statusCode >= 500 ? retryMilliseconds : undefined;
}
