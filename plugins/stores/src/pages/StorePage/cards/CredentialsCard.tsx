import { useCallback, useEffect } from 'react';
import { useApi } from '@backstage/frontend-plugin-api';
import { Button, Flex, Text } from '@backstage/ui';
import type { Store } from '@storeyard/backstage-plugin-stores-common';
import { storesApiRef } from '../../../api';
import { ActionError } from '../../../components/ActionError';
import { CopyButton } from '../../../components/CopyButton';
import { InfoCard } from '../../../components/InfoCard';
import { UnavailableButton } from '../../../components/UnavailableButton';
import { useRead } from '../../../data/useRead';
import { ownerName } from '../../../models/ownerName';
import type { Allowed } from '../../../models/storeActions';
import { useStoresTranslation } from '../../../translation';
import styles from '../StorePage.module.css';

/** The administrator's first login: read when somebody asks, forgotten when they look away. */
export const CredentialsCard = ({
  store,
  allowed,
}: {
  store: Store;
  allowed: Allowed;
}) => {
  const t = useStoresTranslation();
  const api = useApi(storesApiRef);
  const { id } = store;
  const load = useCallback(
    (signal: AbortSignal) => api.getCredentials(id, { signal }),
    [api, id],
  );
  const { value, error, isReading, read, forget } = useRead(load);
  useEffect(() => {
    const hide = () => document.hidden && forget();
    document.addEventListener('visibilitychange', hide);
    return () => document.removeEventListener('visibilitychange', hide);
  }, [forget]);

  const entry = (label: string, text: string) => (
    <>
      <dt>
        <Text variant="body-small" color="secondary">
          {label}
        </Text>
      </dt>
      <dd style={{ margin: 0 }} className={styles.address}>
        <Text as="span">{text}</Text>
        <CopyButton text={text} what={label} />
      </dd>
    </>
  );
  return (
    <InfoCard title={t('store.credentials.title')}>
      <Flex direction="column" gap="3" align="start">
        <Text as="p">{t('store.credentials.text')}</Text>
        {error && (
          <ActionError
            title={t('common.error.title', {
              what: t('store.credentials.what'),
            })}
            error={error}
          />
        )}
        {value ? (
          <>
            <dl style={{ margin: 0 }}>
              {entry(t('store.credentials.email'), value.email)}
              {entry(t('store.credentials.password'), value.password)}
            </dl>
            <Text as="p" variant="body-small" color="secondary">
              {t('store.credentials.changed')}
            </Text>
            <Button variant="secondary" onPress={forget}>
              {t('store.credentials.hide')}
            </Button>
          </>
        ) : (
          (allowed && (
            <Button variant="secondary" isPending={isReading} onPress={read}>
              {t('store.credentials.show')}
            </Button>
          )) || (
            <UnavailableButton
              label={t('store.credentials.show')}
              reason={
                allowed === undefined
                  ? t('store.whyNot.checking')
                  : t('store.whyNot.notAllowed', {
                      owner: ownerName(store.owner),
                    })
              }
            />
          )
        )}
      </Flex>
    </InfoCard>
  );
};
