import { useId, useState } from 'react';
import { useRouteRef } from '@backstage/frontend-plugin-api';
import { Button, ButtonLink, Flex, Text, TextField } from '@backstage/ui';
import type { Store } from '@storeyard/backstage-plugin-stores-common';
import { ActionError } from '../../components/ActionError';
import { UnavailableButton } from '../../components/UnavailableButton';
import type { StoreAction } from '../../data/useStoreAction';
import { storeRouteRef } from '../../routes';
import { useStoresTranslation } from '../../translation';
import { useStayWhile } from './useStayWhile';
import styles from './DeleteForm.module.css';

/** Says what will be lost, and asks for the name before it is. */
export const DeleteForm = ({
  store,
  request,
}: {
  store: Store;
  request: StoreAction<[]>;
}) => {
  const t = useStoresTranslation();
  const storeLink = useRouteRef(storeRouteRef);
  const heading = useId();
  const [typed, setTyped] = useState('');
  const { name } = store;
  const isRight = typed.trim() === name;
  useStayWhile(request.isPending, t('delete.leave', { name }));
  return (
    <form
      onSubmit={event => {
        event.preventDefault();
        if (isRight) {
          request.run();
        }
      }}
    >
      <Flex direction="column" gap="4" align="start">
        <section aria-labelledby={heading}>
          <Text as="h3" variant="title-x-small" id={heading}>
            {t('delete.lost')}
          </Text>
          <ul>
            {[
              t('delete.orders'),
              t('delete.products'),
              t('delete.uploads'),
              t('delete.address', { address: store.urls.storefront }),
            ].map(lost => (
              <li key={lost}>
                <Text as="span">{lost}</Text>
              </li>
            ))}
          </ul>
          <Text as="p">{t('delete.time')}</Text>
        </section>
        <TextField
          label={t('delete.type', { name })}
          autoComplete="off"
          value={typed}
          onChange={setTyped}
          isDisabled={request.isPending}
        />
        {request.error && (
          <ActionError
            title={t('delete.failed', { name })}
            error={request.error}
          />
        )}
        <Flex gap="3" style={{ flexWrap: 'wrap' }}>
          {isRight ? (
            <Button
              type="submit"
              variant="primary"
              destructive
              className={styles.submit}
              isPending={request.isPending}
            >
              {t('delete.submit', { name })}
            </Button>
          ) : (
            <UnavailableButton
              label={t('delete.submit', { name })}
              reason={t('delete.typeFirst')}
            />
          )}
          {!request.isPending && (
            <ButtonLink
              variant="secondary"
              href={storeLink?.({ id: store.id })}
            >
              {t('delete.keep')}
            </ButtonLink>
          )}
        </Flex>
      </Flex>
    </form>
  );
};
