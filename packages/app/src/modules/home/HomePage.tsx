import { Flex, Container, Header, Grid } from '@backstage/ui';
import {
  configApiRef,
  useApi,
  useRouteRef,
  useTranslationRef,
} from '@backstage/frontend-plugin-api';
import storesPlugin, {
  CreateStoreButton,
  StoresSummary,
} from '@storeyard/backstage-plugin-stores';
import { guideRouteRef } from '../guide';
import { appTranslationRef } from '../../translation';
import { HomeCard } from './HomeCard';

/** What everybody sees first: their stores, and where everything is. */
export const HomePage = () => {
  const { t } = useTranslationRef(appTranslationRef);
  const title = useApi(configApiRef).getString('app.title');
  const guideLink = useRouteRef(guideRouteRef);
  const overviewLink = useRouteRef(storesPlugin.routes.overview);
  const listLink = useRouteRef(storesPlugin.routes.root);
  return (
    <>
      <Header title={title} customActions={<CreateStoreButton />} />
      <Container>
        <Flex direction="column" gap="6" align="stretch">
          <StoresSummary />
          <Grid.Root columns={{ initial: '1', sm: '3' }} gap="4">
            <HomeCard
              title={t('home.list.title')}
              text={t('home.list.text')}
              href={listLink?.()}
            />
            <HomeCard
              title={t('home.overview.title')}
              text={t('home.overview.text')}
              href={overviewLink?.()}
            />
            <HomeCard
              title={t('home.guide.title')}
              text={t('home.guide.text')}
              href={guideLink?.()}
            />
          </Grid.Root>
        </Flex>
      </Container>
    </>
  );
};
