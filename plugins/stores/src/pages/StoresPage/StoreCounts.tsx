import { Flex, ToggleButton } from '@backstage/ui';
import {
  isActiveStoreState,
  storeStates,
  type StoreState,
} from '@storeyard/backstage-plugin-stores-common';
import { useStoresTranslation } from '../../translation';

/** One line of how many stores are in which state; each is a filter. */
export const StoreCounts = ({
  counts,
  selected,
  onSelect,
}: {
  counts: Partial<Record<StoreState, number>>;
  selected?: StoreState;
  onSelect: (state: StoreState | undefined) => void;
}) => {
  const t = useStoresTranslation();
  const shown = storeStates.filter(
    state => state === selected || (isActiveStoreState(state) && counts[state]),
  );
  return (
    <Flex
      gap="2"
      role="group"
      aria-label={t('list.counts')}
      style={{ flexWrap: 'wrap' }}
    >
      {shown.map(state => (
        <ToggleButton
          key={state}
          isSelected={state === selected}
          onChange={isSelected => onSelect(isSelected ? state : undefined)}
        >
          {t(`state.counts.${state}`, { number: String(counts[state] ?? 0) })}
        </ToggleButton>
      ))}
    </Flex>
  );
};
