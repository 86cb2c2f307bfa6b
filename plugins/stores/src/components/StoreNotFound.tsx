import { useRouteRef } from '@backstage/frontend-plugin-api';
import { ButtonLink, Container, Flex, Header, Text } from '@backstage/ui';
import { rootRouteRef } from '../routes';
import { useStoresTranslation } from '../translation';

/** What stands in place of a store that isn't there. */
export const StoreNotFound = ({ id }: { id: string }) => {
  const t = useStoresTranslation();
  const storesLink = useRouteRef(rootRouteRef);
  return (
    <>
      <Header title={t('common.notFound.title')} />
      <Container>
        <Flex direction="column" gap="4" align="start">
          <Text as="p">{t('common.notFound.text', { id })}</Text>
          <ButtonLink href={storesLink?.() ?? '/'} variant="secondary">
            {t('common.allStores')}
          </ButtonLink>
        </Flex>
      </Container>
    </>
  );
};
