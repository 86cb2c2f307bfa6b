import { useRouteRef } from '@backstage/frontend-plugin-api';
import { Box, Card, CardBody, Flex, Link, Text } from '@backstage/ui';
import {
  isStoreAvailable,
  Store,
} from '@storeyard/backstage-plugin-stores-common';
import { storeRouteRef } from '../routes';
import { formatAge } from '../words/formatDuration';
import { ExternalLink } from './ExternalLink';
import { StoreStateLine } from './StoreStateLine';
import { Time } from './Time';

const StoreRow = ({ store, now }: { store: Store; now: number }) => {
  const storeLink = useRouteRef(storeRouteRef);
  return (
    <Card>
      <CardBody>
        <Flex
          direction={{ initial: 'column', md: 'row' }}
          justify="between"
          gap="3"
        >
          <Box minWidth="0" style={{ overflowWrap: 'anywhere' }}>
            <Flex direction="column" gap="1">
              <Text as="h3" variant="title-x-small">
                <Link
                  href={storeLink?.({ id: store.id })}
                  variant="title-x-small"
                >
                  {store.name}
                </Link>
              </Text>
              <StoreStateLine store={store} now={now} />
              <Text variant="body-small" color="secondary">
                {store.id} · {store.plan} · {store.owner} · created{' '}
                <Time time={store.createdAt}>
                  {formatAge(store.createdAt, now)} ago
                </Time>
              </Text>
            </Flex>
          </Box>
          {isStoreAvailable(store) && (
            <Flex gap="4" align="start">
              <ExternalLink
                href={store.urls.storefront}
                label={`Storefront of ${store.name}`}
              >
                Storefront
              </ExternalLink>
              <ExternalLink
                href={store.urls.admin}
                label={`Admin of ${store.name}`}
              >
                Admin
              </ExternalLink>
            </Flex>
          )}
        </Flex>
      </CardBody>
    </Card>
  );
};

export const StoreList = ({
  stores,
  now,
}: {
  stores: Store[];
  now: number;
}) => (
  <Flex direction="column" gap="3" role="list" aria-label="Stores">
    {stores.map(store => (
      <div role="listitem" key={store.id}>
        <StoreRow store={store} now={now} />
      </div>
    ))}
  </Flex>
);
