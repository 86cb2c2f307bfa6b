import { Button, Flex, Text } from '@backstage/ui';
import type { StoreListing } from '../../data/readStoreListing';
import { useStoresTranslation } from '../../translation';
import { StoreTable } from './StoreTable';

/** The stores of whoever looks, then the other ones. */
export const StoreListings = ({
  listing,
  now,
  onChanged,
  onMore,
}: {
  listing: StoreListing;
  now: number;
  onChanged: () => void;
  onMore: () => void;
}) => {
  const t = useStoresTranslation();
  const { own, others, hasMore } = listing;
  const groups = [
    { label: t('list.ownRows'), stores: own },
    { label: t('list.otherRows'), stores: others },
  ].filter(({ stores }) => stores.length > 0);
  return (
    <Flex direction="column" gap="4" align="stretch">
      {groups.map(({ label, stores }) => (
        <section key={label} aria-label={label}>
          <Flex direction="column" gap="2" align="stretch">
            <Text as="h3" variant="title-x-small">
              {label}
            </Text>
            <StoreTable
              label={label}
              stores={stores}
              now={now}
              onChanged={onChanged}
            />
          </Flex>
        </section>
      ))}
      {hasMore && (
        <div>
          <Button variant="secondary" onPress={onMore}>
            {t('list.more')}
          </Button>
        </div>
      )}
    </Flex>
  );
};
