import { SignInPage } from '@backstage/core-components';
import {
  configApiRef,
  useApi,
  useTranslationRef,
} from '@backstage/frontend-plugin-api';
import type { SignInPageProps } from '@backstage/plugin-app-react';
import { appTranslationRef } from '../../translation';
import { NoWayToSignIn } from './NoWayToSignIn';
import { oidcAuthApiRef } from './oidcAuthApi';

/** Offers what `auth.providers` names: guests where they may come in, OpenID Connect where it is set up. */
export const StoreyardSignInPage = (props: SignInPageProps) => {
  const config = useApi(configApiRef);
  const { t } = useTranslationRef(appTranslationRef);
  const guest = config.has('auth.providers.guest');
  const oidc = config.has('auth.providers.oidc') && {
    id: 'oidc',
    title:
      config.getOptionalString('app.signIn.title') ?? t('signIn.oidcTitle'),
    message:
      config.getOptionalString('app.signIn.message') ?? t('signIn.oidcMessage'),
    apiRef: oidcAuthApiRef,
  };
  if (guest) {
    return (
      <SignInPage {...props} providers={oidc ? [oidc, 'guest'] : ['guest']} />
    );
  }
  return oidc ? <SignInPage {...props} provider={oidc} /> : <NoWayToSignIn />;
};
