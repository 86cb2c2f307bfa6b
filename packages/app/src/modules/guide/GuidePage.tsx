import {
  MarkdownContent,
  Progress,
  ResponseErrorPanel,
} from '@backstage/core-components';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Container, Header } from '@backstage/ui';
import { appTranslationRef } from '../../translation';
import { useText } from './useText';
import guideUrl from './guide.md';

/** What a store is, how one gets, watches and ends it. */
export const GuidePage = () => {
  const { t } = useTranslationRef(appTranslationRef);
  const { text, error } = useText(guideUrl);
  return (
    <>
      <Header title={t('guide.title')} />
      <Container>
        {error && <ResponseErrorPanel error={error} />}
        {text !== undefined && <MarkdownContent content={text} />}
        {!error && text === undefined && <Progress />}
      </Container>
    </>
  );
};
