import { useMemo } from 'react';
import { Container, Flex, Grid, Header } from '@backstage/ui';
import type { Store } from '@storeyard/backstage-plugin-stores-common';
import { ActionError } from '../../components/ActionError';
import { ClusterBanner } from '../../components/ClusterBanner';
import { LoadError } from '../../components/LoadError';
import { StateAnnouncer } from '../../components/StateAnnouncer';
import { StoreState } from '../../components/StoreState';
import { useNow } from '../../data/useNow';
import type { StoreEvents } from '../../data/useStoreEvents';
import { useStorePermissions } from '../../data/useStorePermissions';
import { useStoreRequests } from '../../data/useStoreRequests';
import type { LivePolled } from '../../data/usePolled';
import { useStoresTranslation } from '../../translation';
import { StoreActions } from './StoreActions';
import { StoreCards } from './StoreCards';
import { StoreNotice } from './StoreNotice';
import styles from './StorePage.module.css';
import { Timeline } from './timeline/Timeline';

/** A store that has been read at least once. */
export const StoreContent = ({
  store,
  polled,
  log,
}: {
  store: Store;
  polled: LivePolled<Store>;
  log: StoreEvents;
}) => {
  const t = useStoresTranslation();
  const now = useNow();
  const permissions = useStorePermissions(store.id);
  const requests = useStoreRequests(store, polled.reload);
  const { failure } = requests;
  const announced = useMemo(() => [store], [store]);
  return (
    <>
      <Header title={store.name} />
      <Container>
        <Flex
          direction="column"
          gap="4"
          align="stretch"
          className={styles.page}
        >
          <StoreState store={store} now={now} />
          <Flex gap="2" style={{ flexWrap: 'wrap' }}>
            <StoreActions
              store={store}
              now={now}
              permissions={permissions}
              requests={requests}
            />
          </Flex>
          <ClusterBanner />
          {polled.error && (
            <LoadError
              what={t('store.what')}
              error={polled.error}
              loadedAt={polled.loadedAt}
              retryAt={polled.retryAt}
              onRetry={polled.reload}
            />
          )}
          {failure && (
            <ActionError
              title={t('store.actionError', {
                action: t(`store.actions.${failure.action}`),
              })}
              error={failure.error}
            />
          )}
          <StoreNotice store={store} now={now} />
          <Grid.Root columns={{ initial: '1', md: '3' }} gap="4">
            <Grid.Item colSpan={{ initial: '1', md: '2' }}>
              <Timeline log={log} now={now} />
            </Grid.Item>
            <Grid.Item>
              <StoreCards
                store={store}
                log={log}
                now={now}
                permissions={permissions}
                requests={requests}
              />
            </Grid.Item>
          </Grid.Root>
          <StateAnnouncer stores={announced} />
        </Flex>
      </Container>
    </>
  );
};
