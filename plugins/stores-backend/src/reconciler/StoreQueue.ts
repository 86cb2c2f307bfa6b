import type { LoggerService } from '@backstage/backend-plugin-api';
import { isError } from '@backstage/errors';
import { type LoopMetrics, measurePasses } from './LoopMetrics';
import { LeaseLostError, type StoreLease, type StoreLeases } from './leases';
import { WorkQueue } from './WorkQueue';

const AFTER_LOST_LEASE_MS = 250;
const BACKOFF = { initialMs: 500, maximumMs: 15_000 };

/** When a store is due again, if by itself. */
export type Again = { againInMs?: number } | undefined;

export interface CreateStoreQueueOptions {
  /** As the log names its work. */
  name: string;
  concurrency: number;
  leases: Pick<StoreLeases, 'acquire' | 'forget' | 'prefers' | 'release'>;
  logger: LoggerService;
  /** Told of each pass; nobody unless given. */
  metrics?: LoopMetrics;
  /** From then on nobody is told of work that fails. */
  signal: AbortSignal;
  /** Whether other work on the store is to be done. */
  hasOther(storeId: string): boolean;
  work(storeId: string, lease: StoreLease): Promise<Again>;
}

/** A queue of stores that are worked on under their leases; one that another replica holds is left to it. */
export function createStoreQueue(options: CreateStoreQueueOptions): WorkQueue {
  const { concurrency, logger, metrics, name, signal } = options;
  const process = (storeId: string) => workAsHolder(options, storeId);
  return WorkQueue.create({
    concurrency,
    process: metrics ? measurePasses(metrics, process) : process,
    backoff: BACKOFF,
    onError: (storeId, error, retryInMs) => {
      if (signal.aborted) return;
      logger.warn(
        `${name} of store '${storeId}' comes back in ${retryInMs} ms: ${
          isError(error) ? error.message : error
        }`,
      );
    },
  });
}

async function workAsHolder(
  { hasOther, leases, work }: CreateStoreQueueOptions,
  storeId: string,
): Promise<Again> {
  const lease = await leases.acquire(storeId);
  if (!lease) return undefined;
  try {
    const again = await work(storeId, lease);
    const atRest = again === undefined && !hasOther(storeId);
    if (atRest && !leases.prefers(storeId)) await leases.release(storeId);
    return again;
  } catch (error) {
    if (!(error instanceof LeaseLostError)) throw error;
    leases.forget(storeId);
    return { againInMs: AFTER_LOST_LEASE_MS };
  }
}
