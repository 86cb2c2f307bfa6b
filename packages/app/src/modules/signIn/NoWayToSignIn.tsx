import { Content, Header, InfoCard, Page } from '@backstage/core-components';
import {
  configApiRef,
  useApi,
  useTranslationRef,
} from '@backstage/frontend-plugin-api';
import { appTranslationRef } from '../../translation';

/** Says so where no provider is configured, instead of a page without a button. */
export const NoWayToSignIn = () => {
  const title = useApi(configApiRef).getString('app.title');
  const { t } = useTranslationRef(appTranslationRef);
  return (
    <Page themeId="home">
      <Header title={title} />
      <Content>
        <InfoCard title={t('signIn.noneTitle')}>
          {t('signIn.noneMessage')}
        </InfoCard>
      </Content>
    </Page>
  );
};
