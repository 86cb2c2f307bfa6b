import type { ReactNode } from 'react';
import { BreadcrumbEntry, useRouteRef } from '@backstage/frontend-plugin-api';
import { Container, Header } from '@backstage/ui';
import type { Store } from '@storeyard/backstage-plugin-stores-common';
import { statusOf } from '../data/requestErrors';
import type { LivePolled } from '../data/usePolled';
import { storeRouteRef } from '../routes';
import { useStoresTranslation } from '../translation';
import { LoadError } from './LoadError';
import { LoadingCards } from './LoadingCards';
import { StoreNotFound } from './StoreNotFound';

/** What pages of one store have in common: the crumb, and what stands there while there is no store to show. */
export const StoreFrame = ({
  id,
  polled,
  children,
}: {
  id: string;
  polled: LivePolled<Store>;
  children: (store: Store) => ReactNode;
}) => {
  const t = useStoresTranslation();
  const storeLink = useRouteRef(storeRouteRef);
  const { value, error } = polled;
  const content = () => {
    if (statusOf(error) === 404) {
      return <StoreNotFound id={id} />;
    }
    if (value) {
      return children(value);
    }
    return (
      <>
        <Header title={id} />
        <Container>
          {error ? (
            <LoadError
              what={t('store.what')}
              error={error}
              retryAt={polled.retryAt}
              onRetry={polled.reload}
            />
          ) : (
            <LoadingCards label={t('store.loading')} />
          )}
        </Container>
      </>
    );
  };
  return (
    <BreadcrumbEntry
      entry={{ label: value?.name ?? id, href: storeLink?.({ id }) ?? '' }}
    >
      {content()}
    </BreadcrumbEntry>
  );
};
