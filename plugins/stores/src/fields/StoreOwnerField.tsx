import { useCallback, useEffect } from 'react';
import { identityApiRef, useApi } from '@backstage/frontend-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import type { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import { Alert, BgProvider, Flex, Select, Text } from '@backstage/ui';
import { ExtensionRoot } from '../components/ExtensionRoot';
import { LoadError } from '../components/LoadError';
import { LoadingCards } from '../components/LoadingCards';
import styles from '../components/surface.module.css';
import { besidePace } from '../data/pollPace';
import { readOwnerChoices } from '../data/readOwnerChoices';
import { usePolled } from '../data/usePolled';
import { useStoresTranslation } from '../translation';

const never = () => false;

/** So many can be looked over; among more one searches. */
const fewChoices = 8;

/** Who a store is to belong to, of those that whoever asks for it acts for. */
export const StoreOwnerField = ({
  onChange,
  formData,
  schema,
  required,
  rawErrors = [],
  idSchema,
}: FieldExtensionComponentProps<string>) => {
  const t = useStoresTranslation();
  const identity = useApi(identityApiRef);
  const catalog = useApi(catalogApiRef);
  const load = useCallback(
    () => readOwnerChoices({ identity, catalog }),
    [identity, catalog],
  );
  const { value, error, retryAt, reload } = usePolled({
    load,
    moving: never,
    pace: besidePace,
  });
  const only = value?.length === 1 ? value[0]?.ref : undefined;
  useEffect(() => {
    if (formData === undefined && only !== undefined) {
      onChange(only);
    }
  }, [formData, onChange, only]);
  return (
    <ExtensionRoot name="field-owner">
      <BgProvider bg="neutral-1">
        <Flex
          direction="column"
          gap="1"
          align="stretch"
          className={styles.surface}
        >
          {error && (
            <LoadError
              what={t('fields.owner.what')}
              error={error}
              retryAt={retryAt}
              onRetry={reload}
            />
          )}
          {!value && !error && (
            <LoadingCards label={t('fields.owner.loading')} />
          )}
          {value?.length === 0 && (
            <Alert
              icon
              role="alert"
              status="warning"
              title={t('fields.owner.none')}
              description={t('fields.owner.noneText')}
            />
          )}
          {value && value.length > 0 && (
            <Select
              id={idSchema?.$id}
              label={schema.title ?? t('fields.owner.title')}
              description={schema.description}
              isRequired={required}
              isInvalid={rawErrors.length > 0}
              placeholder={t('fields.owner.choose')}
              search={
                value.length > fewChoices
                  ? { placeholder: t('fields.owner.search') }
                  : undefined
              }
              options={value.map(({ ref, title }) => ({
                value: ref,
                label: title,
              }))}
              value={formData ?? null}
              onChange={key => onChange(key === null ? undefined : String(key))}
            />
          )}
          {rawErrors.length > 0 && (
            <Text as="p" variant="body-small" role="alert" color="danger">
              {rawErrors.join(' ')}
            </Text>
          )}
        </Flex>
      </BgProvider>
    </ExtensionRoot>
  );
};
