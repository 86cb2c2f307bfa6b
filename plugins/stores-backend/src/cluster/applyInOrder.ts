import type { ClusterClient } from './ClusterClient';
import type { Applied } from './ClusterRequests';
import { inDependencyOrder } from './resources';
import { retryShortLived } from './retryShortLived';
import type { KubernetesObject } from './types';

const AT_A_TIME = 6;

export interface ApplyInOrderOptions {
  client: Pick<ClusterClient, 'apply'>;
  objects: readonly KubernetesObject[];
  /** Called before each write; what it throws ends the application between two objects. */
  checkpoint(): Promise<void>;
  /** The uid of an object that is known to be there: when it is gone meanwhile, nothing is made in its place. */
  uidOf?(object: KubernetesObject): string | undefined;
  signal: AbortSignal;
}

/** An object that was applied, and what the API server made of it. */
export interface AppliedObject extends Applied {
  object: KubernetesObject;
}

/**
 * Applies objects wave by wave, a few at a time.
 *
 * @throws ClusterApiError with status 409 when an object whose uid was given is gone or another one
 */
export async function applyInOrder(
  options: ApplyInOrderOptions,
): Promise<AppliedObject[]> {
  const { client, objects, checkpoint, signal, uidOf } = options;
  const applied: AppliedObject[] = [];
  for (const wave of inDependencyOrder(objects)) {
    const waiting = [...wave];
    const worker = async () => {
      for (
        let object = waiting.shift();
        object !== undefined;
        object = waiting.shift()
      ) {
        const next = object;
        await checkpoint();
        const result = await retryShortLived(
          () => client.apply(next, { uid: uidOf?.(next), signal }),
          { signal },
        );
        applied.push({ object: next, ...result });
      }
    };
    const outcomes = await Promise.allSettled(
      Array.from({ length: Math.min(AT_A_TIME, wave.length) }, worker),
    );
    for (const outcome of outcomes) {
      if (outcome.status === 'rejected') throw outcome.reason;
    }
  }
  return applied;
}
