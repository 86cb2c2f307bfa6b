import { useCallback, useEffect, useMemo } from 'react';
import { useApi } from '@backstage/frontend-plugin-api';
import { Alert, BgProvider, Flex, Text } from '@backstage/ui';
import type { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import type { StorePlanList } from '@storeyard/backstage-plugin-stores-common';
import { storesApiRef } from '../api';
import { ExtensionRoot } from '../components/ExtensionRoot';
import { LoadError } from '../components/LoadError';
import { LoadingCards } from '../components/LoadingCards';
import styles from '../components/surface.module.css';
import { besidePace } from '../data/pollPace';
import { useCapacity } from '../data/useOverview';
import { usePolled } from '../data/usePolled';
import { ownerName } from '../models/ownerName';
import { useStoresTranslation } from '../translation';
import { PlanCards } from './PlanCards';

const never = () => false;

/** The owner that was chosen in this step or one before. */
function chosenOwner(formContext: unknown): string | undefined {
  const { formData } = (formContext ?? {}) as {
    formData?: { owner?: unknown };
  };
  return typeof formData?.owner === 'string' && formData.owner !== ''
    ? formData.owner
    : undefined;
}

const Quota = ({ quota }: { quota: NonNullable<StorePlanList['quota']> }) => {
  const t = useStoresTranslation();
  const { used, limit, left } = quota;
  const owner = ownerName(quota.owner);
  if (limit === undefined) {
    return (
      <Text as="p" variant="body-small" color="secondary">
        {t('fields.plan.unlimited', { count: used, owner })}
      </Text>
    );
  }
  return left === 0 ? (
    <Alert
      icon
      role="alert"
      status="warning"
      title={t('fields.plan.quotaFull', { owner, limit: String(limit) })}
    />
  ) : (
    <Text as="p" variant="body-small" color="secondary">
      {t('fields.plan.quota', {
        used: String(used),
        limit: String(limit),
        owner,
      })}
    </Text>
  );
};

/** A store's plan, with what each gives and what the owner has left. */
export const StorePlanField = ({
  onChange,
  formData,
  schema,
  rawErrors = [],
  formContext,
  idSchema,
}: FieldExtensionComponentProps<string>) => {
  const t = useStoresTranslation();
  const api = useApi(storesApiRef);
  const owner = chosenOwner(formContext);
  const load = useCallback(
    (signal: AbortSignal) => api.getPlans({ owner, signal }),
    [api, owner],
  );
  const { value, error, retryAt, reload } = usePolled({
    load,
    moving: never,
    pace: besidePace,
  });
  const plans = value?.items;
  const capacity = useCapacity().value;
  const needs = useMemo(
    () => new Map(capacity?.plans.map(plan => [plan.plan, plan.needs])),
    [capacity],
  );
  const preset = plans?.find(plan => plan.default)?.name;
  useEffect(() => {
    if (formData === undefined && preset !== undefined) {
      onChange(preset);
    }
  }, [formData, onChange, preset]);
  return (
    <ExtensionRoot name="field-plan">
      <BgProvider bg="neutral-1">
        <Flex
          direction="column"
          gap="2"
          align="stretch"
          className={styles.surface}
        >
          {error && (
            <LoadError
              what={t('fields.plan.what')}
              error={error}
              retryAt={retryAt}
              onRetry={reload}
            />
          )}
          {!value && !error && (
            <LoadingCards label={t('fields.plan.loading')} />
          )}
          {plans && (
            <PlanCards
              name={idSchema?.$id ?? 'plan'}
              label={schema.title ?? t('fields.plan.title')}
              plans={plans}
              needs={needs}
              value={formData}
              onChange={onChange}
            />
          )}
          {value?.quota && <Quota quota={value.quota} />}
          {rawErrors.length > 0 && (
            <Text as="p" role="alert" color="danger">
              {rawErrors.join(' ')}
            </Text>
          )}
        </Flex>
      </BgProvider>
    </ExtensionRoot>
  );
};
