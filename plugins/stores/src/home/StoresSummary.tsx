import { useMemo } from 'react';
import { useRouteRef } from '@backstage/frontend-plugin-api';
import { Flex, Link, Text } from '@backstage/ui';
import { ClusterBanner } from '../components/ClusterBanner';
import { ExtensionRoot } from '../components/ExtensionRoot';
import { LoadError } from '../components/LoadError';
import { LoadingCards } from '../components/LoadingCards';
import { StateAnnouncer } from '../components/StateAnnouncer';
import { useNow } from '../data/useNow';
import { useStoreListing } from '../data/useStoreListing';
import { formatFilters, noFilters } from '../models/storeFilters';
import { EmptyStores } from '../pages/StoresPage/EmptyStores';
import { StoreTable } from '../pages/StoresPage/StoreTable';
import { rootRouteRef } from '../routes';
import { useStoresTranslation } from '../translation';
import { StateLinks } from './StateLinks';

const shownStores = 5;

const Summary = () => {
  const t = useStoresTranslation();
  const now = useNow();
  const listLink = useRouteRef(rootRouteRef)?.() ?? '/stores';
  const { value, error, loadedAt, retryAt, reload } =
    useStoreListing(noFilters);
  const own = useMemo(() => value?.own ?? [], [value]);
  const isEmpty = value && value.own.length + value.others.length === 0;
  return (
    <Flex direction="column" gap="4" align="stretch">
      <ClusterBanner />
      {error && (
        <LoadError
          what={t('list.what')}
          error={error}
          loadedAt={loadedAt}
          retryAt={retryAt}
          onRetry={reload}
        />
      )}
      {!value && !error && <LoadingCards label={t('list.loading')} />}
      {isEmpty && <EmptyStores />}
      {value && !isEmpty && (
        <>
          <StateLinks counts={value.counts} listLink={listLink} />
          <section aria-label={t('list.ownRows')}>
            <Flex direction="column" gap="2" align="stretch">
              <Text as="h3" variant="title-x-small">
                {t('list.ownRows')}
              </Text>
              {own.length > 0 ? (
                <StoreTable
                  label={t('list.ownRows')}
                  stores={own.slice(0, shownStores)}
                  now={now}
                  onChanged={reload}
                />
              ) : (
                <Text as="p">{t('home.noneOwn')}</Text>
              )}
              {own.length > shownStores && (
                <Link
                  href={`${listLink}?${formatFilters({
                    ...noFilters,
                    mine: true,
                  })}`}
                >
                  {t('home.allOwn', { number: String(own.length) })}
                </Link>
              )}
            </Flex>
          </section>
        </>
      )}
      <StateAnnouncer stores={own} />
    </Flex>
  );
};

/**
 * What a home page shows of stores: how far the cluster is, how many are in which state, and the newest ones of
 * whoever looks. Live, as the plugin's own pages are.
 *
 * @public
 */
export const StoresSummary = () => (
  <ExtensionRoot name="home">
    <Summary />
  </ExtensionRoot>
);
