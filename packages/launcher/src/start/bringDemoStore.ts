import { setTimeout as sleep } from 'node:timers/promises';
import { ForwardedError, ResponseError } from '@backstage/errors';
import {
  Store,
  StoreEvent,
  StoresClient,
} from '@storeyard/backstage-plugin-stores-common';

/** Options of {@link bringDemoStore}. */
export interface BringDemoStoreOptions {
  client: Pick<StoresClient, 'createStore' | 'getStore' | 'listEvents'>;
  /** The same for every start of the instance, so that it gets one demo store in its life. */
  requestKey: string;
  onEvent: (event: StoreEvent) => void;
  signal?: AbortSignal;
  /** How long the portal may not answer before that counts as a failure. Default: 60 seconds. */
  patienceMilliseconds?: number;
}

const waitSeconds = 20;

function isSettled({ state }: Store): boolean {
  return (
    state === 'READY' ||
    state === 'FAILED' ||
    state === 'DELETING' ||
    state === 'DELETED'
  );
}

/**
 * Asks for the store `demo`, or finds the one that an earlier start asked for, and follows its events until
 * it is READY, FAILED or on its way out. The loop's own deadline is what ends a provisioning.
 */
export async function bringDemoStore(
  options: BringDemoStoreOptions,
): Promise<Store> {
  const { client, signal } = options;
  const persist = patiently(options);
  let store = await persist(() =>
    client.createStore(
      { name: 'demo', engine: 'medusa' },
      { idempotencyKey: options.requestKey, signal },
    ),
  );
  const { id } = store;
  const readEvents = (after: number) =>
    persist(() => client.listEvents(id, { after, wait: waitSeconds, signal }));
  const readStore = () => persist(() => client.getStore(id, { signal }));
  let cursor = 0;
  while (!isSettled(store)) {
    const page = await readEvents(cursor);
    page.items.forEach(event => options.onEvent(event));
    cursor = page.cursor;
    store = await readStore();
  }
  return store;
}

/** Calls again when the portal doesn't answer; what it answers, a refusal too, stands. */
function patiently(options: BringDemoStoreOptions) {
  const { patienceMilliseconds = 60_000, signal } = options;
  return async <T>(call: () => Promise<T>): Promise<T> => {
    const deadline = Date.now() + patienceMilliseconds;
    for (;;) {
      try {
        return await call();
      } catch (error) {
        signal?.throwIfAborted();
        if (error instanceof ResponseError && error.response.status < 500) {
          throw error;
        }
        if (Date.now() >= deadline) {
          throw new ForwardedError('The portal does not answer', error);
        }
        await sleep(500, undefined, { signal });
      }
    }
  };
}
