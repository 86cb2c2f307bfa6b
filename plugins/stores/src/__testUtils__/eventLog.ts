import type { StoreEvent } from '@storeyard/backstage-plugin-stores-common';
import type { StoresApi } from '../api';

/** A log, oldest first, that is read as the backend's is and doesn't grow: whoever waits, waits. */
export function eventLog(
  events: readonly StoreEvent[],
): Pick<StoresApi, 'listEvents'> {
  return {
    listEvents: async (
      _id,
      { after = 0, before = Infinity, order, limit = 100, wait } = {},
    ) => {
      const between = events.filter(
        ({ sequence }) => sequence > after && sequence < before,
      );
      if (order === 'desc' || before !== Infinity) {
        const items = between.slice(-limit).reverse();
        return {
          items,
          cursor: items[0]?.sequence ?? after,
          older: between.length > limit ? items.at(-1)?.sequence : undefined,
        };
      }
      const items = between.slice(0, limit);
      return items.length === 0 && wait
        ? new Promise<never>(() => {})
        : { items, cursor: items.at(-1)?.sequence ?? after };
    },
  };
}
