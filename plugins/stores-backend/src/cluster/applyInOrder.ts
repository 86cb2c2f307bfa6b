import type { ClusterClient } from './ClusterClient';
import { inDependencyOrder } from './resources';
import { retryShortLived } from './retryShortLived';
import type { KubernetesObject } from './types';

const AT_A_TIME = 6;

export interface ApplyInOrderOptions {
  client: ClusterClient;
  objects: readonly KubernetesObject[];
  /** Called before each write; what it throws ends the application between two objects. */
  checkpoint(): Promise<void>;
  signal: AbortSignal;
}

/**
 * Applies objects wave by wave, a few at a time.
 *
 * @returns the objects that were not there before
 */
export async function applyInOrder(
  options: ApplyInOrderOptions,
): Promise<KubernetesObject[]> {
  const { client, objects, checkpoint, signal } = options;
  const created: KubernetesObject[] = [];
  for (const wave of inDependencyOrder(objects)) {
    const waiting = [...wave];
    const worker = async () => {
      for (
        let object = waiting.shift();
        object !== undefined;
        object = waiting.shift()
      ) {
        const applied = object;
        await checkpoint();
        const result = await retryShortLived(
          () => client.apply(applied, { signal }),
          { signal },
        );
        if (result.created) created.push(applied);
      }
    };
    const outcomes = await Promise.allSettled(
      Array.from({ length: Math.min(AT_A_TIME, wave.length) }, worker),
    );
    for (const outcome of outcomes) {
      if (outcome.status === 'rejected') throw outcome.reason;
    }
  }
  return created;
}
