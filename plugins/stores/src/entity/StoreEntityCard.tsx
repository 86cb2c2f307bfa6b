import { useMemo } from 'react';
import { useRouteRef } from '@backstage/frontend-plugin-api';
import { useEntity } from '@backstage/plugin-catalog-react';
import { ButtonLink, Flex, Link, Text } from '@backstage/ui';
import {
  isStoreAvailable,
  type Store,
} from '@storeyard/backstage-plugin-stores-common';
import { ExtensionRoot } from '../components/ExtensionRoot';
import { ExternalLink } from '../components/ExternalLink';
import { InfoCard } from '../components/InfoCard';
import { LoadError } from '../components/LoadError';
import { LoadingCards } from '../components/LoadingCards';
import { StateAnnouncer } from '../components/StateAnnouncer';
import { StoreState } from '../components/StoreState';
import { Time } from '../components/Time';
import { statusOf } from '../data/requestErrors';
import { useNow } from '../data/useNow';
import { useStore } from '../data/useStore';
import { useStoreEvents } from '../data/useStoreEvents';
import { describeEvent } from '../models/describeEvent';
import { formatAge } from '../models/formatDuration';
import { deleteRouteRef, storeRouteRef } from '../routes';
import { useStoresTranslation } from '../translation';
import { storeIdOf } from './storeEntity';

const Content = ({ store }: { store: Store }) => {
  const t = useStoresTranslation();
  const now = useNow();
  const storeLink = useRouteRef(storeRouteRef);
  const deleteLink = useRouteRef(deleteRouteRef);
  const last = useStoreEvents(store.id, { pageSize: 1 }).events?.at(-1);
  const { id, name, urls } = store;
  const announced = useMemo(() => [store], [store]);
  return (
    <Flex direction="column" gap="3" align="start">
      <StoreState store={store} now={now} remedy />
      <StateAnnouncer stores={announced} />
      {isStoreAvailable(store) && (
        <Flex gap="4">
          <ExternalLink
            href={urls.storefront}
            label={`${t('list.openShop')} ${name}`}
          >
            {t('list.openShop')}
          </ExternalLink>
          <ExternalLink
            href={urls.admin}
            label={`${t('store.actions.admin')} ${name}`}
          >
            {t('store.actions.admin')}
          </ExternalLink>
        </Flex>
      )}
      {last && (
        <Text as="p" variant="body-small" color="secondary">
          {t('entity.last')}: {describeEvent(last)}{' '}
          <Time time={last.time}>
            {t('common.ago', { age: formatAge(last.time, now) })}
          </Time>
        </Text>
      )}
      <Flex gap="3" align="center" style={{ flexWrap: 'wrap' }}>
        <Link href={storeLink?.({ id })}>{t('entity.details')}</Link>
        <ButtonLink
          size="small"
          variant="secondary"
          href={deleteLink?.({ id })}
        >
          {t('entity.delete')}
        </ButtonLink>
      </Flex>
    </Flex>
  );
};

const CardOf = ({ id }: { id: string }) => {
  const t = useStoresTranslation();
  const { value, error, loadedAt, retryAt, reload } = useStore(id);
  const isGone = statusOf(error) === 404;
  return (
    <InfoCard title={t('entity.card')}>
      <Flex direction="column" gap="3" align="stretch">
        {isGone && <Text as="p">{t('common.notFound.text', { id })}</Text>}
        {error && !isGone && (
          <LoadError
            what={t('store.what')}
            error={error}
            loadedAt={loadedAt}
            retryAt={retryAt}
            onRetry={reload}
          />
        )}
        {!value && !error && <LoadingCards label={t('store.loading')} />}
        {value && !isGone && <Content store={value} />}
      </Flex>
    </InfoCard>
  );
};

/** What the catalog shows of a store. */
export const StoreEntityCard = () => {
  const id = storeIdOf(useEntity().entity);
  return id === undefined ? null : (
    <ExtensionRoot name="entity-card">
      <CardOf key={id} id={id} />
    </ExtensionRoot>
  );
};
