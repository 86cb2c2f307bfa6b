import {
  BreadcrumbEntry,
  useRouteRef,
  useRouteRefParams,
} from '@backstage/frontend-plugin-api';
import { Container, Flex, Header } from '@backstage/ui';
import { ClusterBanner } from '../../components/ClusterBanner';
import { LoadError } from '../../components/LoadError';
import { StoreFrame } from '../../components/StoreFrame';
import { useStore } from '../../data/useStore';
import { deleteRouteRef } from '../../routes';
import { useStoresTranslation } from '../../translation';
import { DeleteContent } from './DeleteContent';

const DeleteOf = ({ id }: { id: string }) => {
  const t = useStoresTranslation();
  const deleteLink = useRouteRef(deleteRouteRef);
  const polled = useStore(id);
  return (
    <StoreFrame id={id} polled={polled}>
      {store => (
        <BreadcrumbEntry
          entry={{
            label: t('delete.crumb'),
            href: deleteLink?.({ id }) ?? '',
          }}
        >
          <Header title={t('delete.title', { name: store.name })} />
          <Container>
            <Flex direction="column" gap="4" align="stretch">
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
              <DeleteContent store={store} />
            </Flex>
          </Container>
        </BreadcrumbEntry>
      )}
    </StoreFrame>
  );
};

/** The end of a store, on a page of its own that everything may link to. */
export const DeletePage = () => {
  const { id } = useRouteRefParams(deleteRouteRef);
  return <DeleteOf key={id} id={id} />;
};
