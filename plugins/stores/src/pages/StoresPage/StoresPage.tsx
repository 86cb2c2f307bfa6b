import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';
import { useRouteRef } from '@backstage/frontend-plugin-api';
import { ButtonLink, Container, Flex, Header, Text } from '@backstage/ui';
import { ClusterBanner } from '../../components/ClusterBanner';
import { LoadError } from '../../components/LoadError';
import { LoadingCards } from '../../components/LoadingCards';
import { StateAnnouncer } from '../../components/StateAnnouncer';
import { useNow } from '../../data/useNow';
import { useStoreListing } from '../../data/useStoreListing';
import {
  formatFilters,
  isFiltered,
  noFilters,
  parseFilters,
  type StoreFilters,
} from '../../models/storeFilters';
import { overviewRouteRef } from '../../routes';
import { useStoresTranslation } from '../../translation';
import { CreateButton } from './CreateButton';
import { EmptyStores } from './EmptyStores';
import { NoMatch } from './NoMatch';
import { StoreCounts } from './StoreCounts';
import { StoreFilterBar } from './StoreFilterBar';
import { StoreListings } from './StoreListings';

const StoresContent = () => {
  const t = useStoresTranslation();
  const now = useNow();
  const [search, setSearch] = useSearchParams();
  const filters = useMemo(() => parseFilters(search), [search]);
  const setFilters = useCallback(
    (next: StoreFilters) => setSearch(formatFilters(next), { replace: true }),
    [setSearch],
  );
  const listing = useStoreListing(filters);
  const { value } = listing;
  const stores = useMemo(
    () => (value ? [...value.own, ...value.others] : []),
    [value],
  );
  const isEmpty = value && stores.length === 0;
  return (
    <>
      {listing.error && (
        <LoadError
          what={t('list.what')}
          error={listing.error}
          loadedAt={listing.loadedAt}
          retryAt={listing.retryAt}
          onRetry={listing.reload}
        />
      )}
      {!value && !listing.error && <LoadingCards label={t('list.loading')} />}
      {value && !(isEmpty && !isFiltered(filters)) && (
        <>
          <StoreCounts
            counts={value.counts}
            selected={filters.state}
            onSelect={state => setFilters({ ...filters, state })}
          />
          <StoreFilterBar
            filters={filters}
            owners={value.owners}
            onChange={setFilters}
          />
        </>
      )}
      {value && !isEmpty && (
        <StoreListings
          listing={value}
          now={now}
          onChanged={listing.reload}
          onMore={listing.readMore}
        />
      )}
      {isEmpty &&
        (isFiltered(filters) ? (
          <NoMatch onClear={() => setFilters(noFilters)} />
        ) : (
          <EmptyStores />
        ))}
      <StateAnnouncer stores={stores} />
    </>
  );
};

/** All stores, and how far the cluster is that they run on. */
export const StoresPage = () => {
  const t = useStoresTranslation();
  const overviewLink = useRouteRef(overviewRouteRef);
  return (
    <>
      <Header
        title={t('list.title')}
        customActions={
          <>
            <ButtonLink variant="secondary" href={overviewLink?.()}>
              {t('list.overview')}
            </ButtonLink>
            <CreateButton />
          </>
        }
      />
      <Container>
        <Flex direction="column" gap="4" align="stretch">
          <Text as="p" color="secondary">
            {t('list.lead')}
          </Text>
          <ClusterBanner />
          <StoresContent />
        </Flex>
      </Container>
    </>
  );
};
