import { Flex } from '@backstage/ui';
import type { Store } from '@storeyard/backstage-plugin-stores-common';
import type { StoreEvents } from '../../data/useStoreEvents';
import type { StorePermissions } from '../../data/useStorePermissions';
import type { StoreRequests } from '../../data/useStoreRequests';
import { AddressesCard } from './cards/AddressesCard';
import { ConditionsCard } from './cards/ConditionsCard';
import { CredentialsCard } from './cards/CredentialsCard';
import { FactsCard } from './cards/FactsCard';
import { LogsCard } from './cards/LogsCard';
import { ProtectionCard } from './cards/ProtectionCard';
import { ResourcesCard } from './cards/ResourcesCard';

/** All that there is to know of a store besides its story. Of one that is gone only what was kept. */
export const StoreCards = ({
  store,
  log,
  now,
  permissions,
  requests,
}: {
  store: Store;
  log: StoreEvents;
  now: number;
  permissions: StorePermissions;
  requests: StoreRequests;
}) => (
  <Flex direction="column" gap="4" align="stretch">
    {store.state !== 'DELETED' && <AddressesCard store={store} />}
    <FactsCard store={store} log={log} now={now} />
    {store.state !== 'DELETED' && (
      <>
        <ResourcesCard store={store} />
        <LogsCard store={store} allowed={permissions.logs} />
        <ConditionsCard store={store} now={now} />
        <CredentialsCard store={store} allowed={permissions.credentials} />
        <ProtectionCard
          store={store}
          allowed={permissions.update}
          requests={requests}
        />
      </>
    )}
  </Flex>
);
