import { setTimeout as delay } from 'node:timers/promises';
import { isShortLivedRefusal } from './ClusterError';

/**
 * Repeats an operation while the API server refuses it for a reason that ends by itself within seconds, at most for
 * `patienceMs`. The last refusal is thrown as it is.
 */
export async function retryShortLived<T>(
  operation: () => Promise<T>,
  options: { patienceMs?: number; signal?: AbortSignal } = {},
): Promise<T> {
  const giveUpAt = Date.now() + (options.patienceMs ?? 5_000);
  for (let pause = 25; ; pause = Math.min(pause * 2, 500)) {
    try {
      return await operation();
    } catch (error) {
      if (!isShortLivedRefusal(error) || Date.now() + pause > giveUpAt) {
        throw error;
      }
    }
    await delay(pause, undefined, { signal: options.signal });
  }
}
