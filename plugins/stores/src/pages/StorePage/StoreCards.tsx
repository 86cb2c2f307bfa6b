import { Flex } from '@backstage/ui';
import type { Store } from '@storeyard/backstage-plugin-stores-common';
import type { StoreEvents } from '../../data/useStoreEvents';
import type { StorePermissions } from '../../data/useStorePermissions';
import { useStoreResources } from '../../data/useStoreResources';
import type { StoreRequests } from '../../data/useStoreRequests';
import { AddressesCard } from './cards/AddressesCard';
import { ConditionsCard } from './cards/ConditionsCard';
import { CredentialsCard } from './cards/CredentialsCard';
import { FactsCard } from './cards/FactsCard';
import { LogsCard } from './cards/LogsCard';
import { ProtectionCard } from './cards/ProtectionCard';
import { ResourcesCard } from './cards/ResourcesCard';

interface StoreCardsProps {
  store: Store;
  log: StoreEvents;
  now: number;
  permissions: StorePermissions;
  requests: StoreRequests;
}

/** What there is in the cluster of a store, and who may look at it. */
const LivingCards = ({
  store,
  now,
  permissions,
  requests,
}: StoreCardsProps) => {
  const resources = useStoreResources(store);
  return (
    <>
      <ResourcesCard resources={resources} />
      <LogsCard
        store={store}
        resources={resources.value}
        allowed={permissions.logs}
        now={now}
      />
      <ConditionsCard store={store} now={now} />
      <CredentialsCard store={store} allowed={permissions.credentials} />
      <ProtectionCard
        store={store}
        allowed={permissions.update}
        now={now}
        requests={requests}
      />
    </>
  );
};

/** All that there is to know of a store besides its story. Of one that is gone only what was kept. */
export const StoreCards = (props: StoreCardsProps) => {
  const { store, log, now } = props;
  const isThere = store.state !== 'DELETED';
  return (
    <Flex direction="column" gap="4" align="stretch">
      {isThere && <AddressesCard store={store} />}
      <FactsCard store={store} log={log} now={now} />
      {isThere && <LivingCards {...props} />}
    </Flex>
  );
};
