import { Container, Flex, Header, Text } from '@backstage/ui';
import type { Store } from '@storeyard/backstage-plugin-stores-common';
import { useNow } from '../hooks/useNow';
import { Polled } from '../hooks/usePolled';
import { useStores } from '../hooks/useStores';
import { ClusterBanner } from './ClusterBanner';
import { EmptyStores } from './EmptyStores';
import { LoadingCards } from './LoadingCards';
import { LoadError } from './LoadError';
import { StoreCounts } from './StoreCounts';
import { StoreList } from './StoreList';

const Content = ({ stores }: { stores: Polled<Store[]> }) => {
  const now = useNow();
  const { value } = stores;
  if (!value) {
    return stores.error ? null : <LoadingCards label="Loading stores" />;
  }
  return value.length === 0 ? (
    <EmptyStores />
  ) : (
    <>
      <StoreCounts stores={value} />
      <StoreList stores={value} now={now} />
    </>
  );
};

/** All stores, and how far the cluster is that they run on. */
export const StoresPage = () => {
  const stores = useStores();
  return (
    <>
      <Header title="Stores" />
      <Container>
        <Flex direction="column" gap="4">
          <Text as="p" color="secondary">
            Shops of this organization, each in a namespace of its own.
          </Text>
          <ClusterBanner />
          {stores.error && (
            <LoadError
              what="The stores"
              error={stores.error}
              loadedAt={stores.loadedAt}
              onRetry={stores.reload}
            />
          )}
          <Content stores={stores} />
        </Flex>
      </Container>
    </>
  );
};
