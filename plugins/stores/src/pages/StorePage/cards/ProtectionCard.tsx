import { Button, Flex, Text } from '@backstage/ui';
import type { Store } from '@storeyard/backstage-plugin-stores-common';
import { InfoCard } from '../../../components/InfoCard';
import { UnavailableButton } from '../../../components/UnavailableButton';
import type { StoreRequests } from '../../../data/useStoreRequests';
import { ownerName } from '../../../models/ownerName';
import { whyNot, type Allowed } from '../../../models/storeActions';
import { useStoresTranslation } from '../../../translation';

/** Whether a store can be deleted at all, and the switch for it. */
export const ProtectionCard = ({
  store,
  allowed,
  now,
  requests,
}: {
  store: Store;
  allowed: Allowed;
  now: number;
  requests: StoreRequests;
}) => {
  const t = useStoresTranslation();
  const action = store.protected ? 'unprotect' : 'protect';
  const label = t(`store.actions.${action}`);
  const against = whyNot(action, store, {
    allowed,
    owner: ownerName(store.owner),
    now,
    t,
  });
  return (
    <InfoCard title={t('store.protection.title')}>
      <Flex direction="column" gap="3" align="start">
        <Text as="p">
          {t(store.protected ? 'store.protection.on' : 'store.protection.off')}
        </Text>
        {against === undefined ? (
          <Button
            variant="secondary"
            isPending={requests.isPending}
            onPress={() => requests.setProtected(!store.protected)}
          >
            {label}
          </Button>
        ) : (
          <UnavailableButton label={label} reason={against} />
        )}
      </Flex>
    </InfoCard>
  );
};
