import { ButtonLink, Flex } from '@backstage/ui';
import {
  isActiveStoreState,
  storeStates,
  type StoreState,
} from '@storeyard/backstage-plugin-stores-common';
import { StateSign } from '../components/StateSign';
import { formatFilters, noFilters } from '../models/storeFilters';
import { useStoresTranslation } from '../translation';

/** How many stores are in which state; each leads to the list of those. */
export const StateLinks = ({
  counts,
  listLink,
}: {
  counts: Partial<Record<StoreState, number>>;
  listLink: string;
}) => {
  const t = useStoresTranslation();
  return (
    <Flex
      gap="2"
      role="group"
      aria-label={t('list.counts')}
      style={{ flexWrap: 'wrap' }}
    >
      {storeStates
        .filter(state => isActiveStoreState(state) && counts[state])
        .map(state => (
          <ButtonLink
            key={state}
            variant="secondary"
            iconStart={<StateSign state={state} />}
            href={`${listLink}?${formatFilters({ ...noFilters, state })}`}
          >
            {t(`state.counts.${state}`, { number: String(counts[state]) })}
          </ButtonLink>
        ))}
    </Flex>
  );
};
