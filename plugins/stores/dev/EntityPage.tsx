import { EntityProvider } from '@backstage/plugin-catalog-react';
import { Container, Flex, Header } from '@backstage/ui';
import { STORE_ID_ANNOTATION } from '@storeyard/backstage-plugin-stores-common';
import { StoreEntityCard } from '../src/entity/StoreEntityCard';
import { StoreEntityTab } from '../src/entity/StoreEntityTab';

const entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name: 'demo-shop-ab12c',
    annotations: { [STORE_ID_ANNOTATION]: 'demo-shop-ab12c' },
  },
  spec: { type: 'medusa-store' },
};

/** The card and the tab of a store's entity, one below the other. */
export const EntityPage = () => (
  <EntityProvider entity={entity}>
    <Header title="Demo Shop" />
    <Container>
      <Flex direction="column" gap="4" align="stretch">
        <StoreEntityCard />
        <StoreEntityTab />
      </Flex>
    </Container>
  </EntityProvider>
);
