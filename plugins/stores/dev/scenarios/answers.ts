import type { StoreEvent } from '@storeyard/backstage-plugin-stores-common';
import type { StoresApi } from '../../src/api';

/** An answer that never comes. */
export const never = () => new Promise<never>(() => {});

/** Answers once and then no more. */
export function failAfterFirst<T>(answer: () => T): () => Promise<T> {
  let answered = false;
  return async () => {
    if (answered) {
      throw new TypeError('Failed to fetch');
    }
    answered = true;
    return answer();
  };
}

/** A log that is there and doesn't grow. */
export function eventsOf(events: StoreEvent[]): Pick<StoresApi, 'listEvents'> {
  return {
    listEvents: async (_id, { after = 0, wait } = {}) =>
      wait
        ? never()
        : {
            items: events.filter(({ sequence }) => sequence > after),
            cursor: Math.max(after, events.length),
          },
  };
}
