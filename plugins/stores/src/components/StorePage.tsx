import { useEffect } from 'react';
import {
  BreadcrumbEntry,
  useRouteRef,
  useRouteRefParams,
} from '@backstage/frontend-plugin-api';
import { ResponseError } from '@backstage/errors';
import { Container, Flex, Grid, Header } from '@backstage/ui';
import { useStore } from '../hooks/useStore';
import { useStoreEvents } from '../hooks/useStoreEvents';
import { useNow } from '../hooks/useNow';
import { storeRouteRef } from '../routes';
import { ClusterBanner } from './ClusterBanner';
import { LoadError } from './LoadError';
import { LoadingCards } from './LoadingCards';
import { StoreAddresses } from './StoreAddresses';
import { StoreEventLog } from './StoreEventLog';
import { StoreFacts } from './StoreFacts';
import { StoreNotFound } from './StoreNotFound';
import { StoreStateLine } from './StoreStateLine';

function isNotFound(error: Error | undefined): boolean {
  return error instanceof ResponseError && error.response.status === 404;
}

const StoreContent = ({ id }: { id: string }) => {
  const now = useNow();
  const store = useStore(id);
  const log = useStoreEvents(id);
  const { value, error, reload } = store;
  const latest = log.events?.at(-1)?.sequence;

  useEffect(() => {
    if (latest !== undefined) {
      reload();
    }
  }, [latest, reload]);

  if (isNotFound(error)) {
    return <StoreNotFound id={id} />;
  }
  return (
    <>
      <Header title={value?.name ?? id} />
      <Container>
        <Flex direction="column" gap="4" style={{ overflowWrap: 'anywhere' }}>
          <ClusterBanner />
          {error && (
            <LoadError
              what="The store"
              error={error}
              loadedAt={store.loadedAt}
              onRetry={reload}
            />
          )}
          {!value && !error && <LoadingCards label="Loading the store" />}
          {value && (
            <>
              <div role="status">
                <StoreStateLine store={value} now={now} />
              </div>
              <Grid.Root columns={{ initial: '1', md: '3' }} gap="4">
                <Grid.Item colSpan={{ initial: '1', md: '2' }}>
                  <StoreEventLog log={log} now={now} />
                </Grid.Item>
                <Grid.Item>
                  <Flex direction="column" gap="4">
                    <StoreAddresses store={value} />
                    <StoreFacts store={value} now={now} />
                  </Flex>
                </Grid.Item>
              </Grid.Root>
            </>
          )}
        </Flex>
      </Container>
    </>
  );
};

/** One store: its state, its addresses, its facts and what has happened to it. */
export const StorePage = () => {
  const { id } = useRouteRefParams(storeRouteRef);
  const storeLink = useRouteRef(storeRouteRef);
  return (
    <BreadcrumbEntry entry={{ label: id, href: storeLink?.({ id }) ?? '' }}>
      <StoreContent key={id} id={id} />
    </BreadcrumbEntry>
  );
};
