import { Card, CardBody, CardHeader, Flex, Text } from '@backstage/ui';

/** What a list without stores says. */
export const EmptyStores = () => (
  <Card>
    <CardHeader>
      <Text as="h3" variant="title-x-small">
        No stores yet
      </Text>
    </CardHeader>
    <CardBody>
      <Flex direction="column" gap="2">
        <Text as="p">
          A store is a running shop with a database, an admin and a storefront
          at an address of its own.
        </Text>
        <Text as="p">
          The first one, demo, is asked for by npm start once the cluster is
          there; others by a POST to /api/stores.
        </Text>
      </Flex>
    </CardBody>
  </Card>
);
