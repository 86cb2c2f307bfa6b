import { useRouteRef } from '@backstage/frontend-plugin-api';
import { ButtonLink, Container, Flex, Header, Text } from '@backstage/ui';
import { rootRouteRef } from '../routes';

export const StoreNotFound = ({ id }: { id: string }) => {
  const storesLink = useRouteRef(rootRouteRef);
  return (
    <>
      <Header title="No such store" />
      <Container>
        <Flex direction="column" gap="4" align="start">
          <Text as="p">
            There is no store with the id {id}. It may have been deleted.
          </Text>
          <ButtonLink href={storesLink?.() ?? '/'} variant="secondary">
            All stores
          </ButtonLink>
        </Flex>
      </Container>
    </>
  );
};
