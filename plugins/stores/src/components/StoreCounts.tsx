import { Text } from '@backstage/ui';
import { Store, storeStates } from '@storeyard/backstage-plugin-stores-common';

/** One line of how many stores are in which state. */
export const StoreCounts = ({ stores }: { stores: Store[] }) => {
  const counts = storeStates
    .map(state => ({
      state,
      count: stores.filter(store => store.state === state).length,
    }))
    .filter(({ count }) => count > 0)
    .map(({ state, count }) => `${count} ${state.toLocaleLowerCase('en-US')}`);
  return <Text as="p">{counts.join(' · ')}</Text>;
};
