import { useCallback, useState } from 'react';
import { useApi } from '@backstage/frontend-plugin-api';
import { Button, Flex, Select, Text } from '@backstage/ui';
import type {
  Store,
  StoreResources,
} from '@storeyard/backstage-plugin-stores-common';
import { storesApiRef } from '../../../api';
import { ActionError } from '../../../components/ActionError';
import { InfoCard } from '../../../components/InfoCard';
import { Time } from '../../../components/Time';
import { UnavailableButton } from '../../../components/UnavailableButton';
import { useRead } from '../../../data/useRead';
import { formatAge } from '../../../models/formatDuration';
import { logSources, type LogSource } from '../../../models/logSources';
import { ownerName } from '../../../models/ownerName';
import type { Allowed } from '../../../models/storeActions';
import {
  useStoresTranslation,
  type StoresTranslate,
} from '../../../translation';
import styles from '../StorePage.module.css';

/** Names that people have for workloads. */
const known = { 'medusa-api': 'shop', postgres: 'database' } as const;

function isKnown(name: string): name is keyof typeof known {
  return Object.hasOwn(known, name);
}

function labelOf(
  { workload, container }: LogSource,
  t: StoresTranslate,
): string {
  return [
    isKnown(workload) ? t(`store.logs.${known[workload]}`) : workload,
    container,
  ]
    .filter(Boolean)
    .join(' · ');
}

/** What a store's workloads write, read when somebody asks. */
export const LogsCard = ({
  store,
  resources,
  allowed,
  now,
}: {
  store: Store;
  resources?: StoreResources;
  allowed: Allowed;
  now: number;
}) => {
  const t = useStoresTranslation();
  const api = useApi(storesApiRef);
  const [chosen, setChosen] = useState<string>();
  const { id } = store;
  const sources = logSources(resources);
  const source = sources.find(({ key }) => key === chosen) ?? sources[0];
  const { key, workload, container, hasCrashed, previous } = source ?? {};
  const load = useCallback(
    (signal: AbortSignal, ofPrevious: boolean) =>
      api.getLogs(id, {
        workload,
        container,
        previous: ofPrevious,
        tail: 200,
        signal,
      }),
    [api, id, workload, container],
  );
  const { value, error, isReading, read, forget } = useRead(load);
  const button = (ofPrevious: boolean) => {
    const label = t(ofPrevious ? 'store.logs.previous' : 'store.logs.show');
    if (allowed && !(ofPrevious && hasCrashed === false)) {
      return (
        <Button
          variant="secondary"
          isPending={isReading}
          onPress={() => read(ofPrevious)}
        >
          {label}
        </Button>
      );
    }
    if (allowed) {
      return (
        <UnavailableButton
          label={label}
          reason={t('store.whyNot.neverCrashed')}
        />
      );
    }
    return (
      <UnavailableButton
        label={label}
        reason={
          allowed === undefined
            ? t('store.whyNot.checking')
            : t('store.whyNot.notAllowed', { owner: ownerName(store.owner) })
        }
      />
    );
  };
  return (
    <InfoCard title={t('store.logs.title')}>
      <Flex direction="column" gap="3" align="stretch">
        <Select
          label={t('store.logs.workload')}
          options={sources.map(each => ({
            value: each.key,
            label: labelOf(each, t),
          }))}
          value={key}
          onChange={next => {
            forget();
            setChosen(String(next));
          }}
        />
        <Flex gap="2" style={{ flexWrap: 'wrap' }}>
          {button(false)}
          {button(true)}
        </Flex>
        {previous && (
          <Text as="p" variant="body-small" color="secondary">
            {t('store.logs.crashed', {
              reason: previous.reason,
              time: previous.endedAt ? (
                <Time time={previous.endedAt}>
                  {t('common.ago', { age: formatAge(previous.endedAt, now) })}
                </Time>
              ) : (
                t('store.logs.sometime')
              ),
            })}
          </Text>
        )}
        {error && (
          <ActionError
            title={t('common.error.title', { what: t('store.logs.what') })}
            error={error}
          />
        )}
        {value && (
          <>
            <Text as="p" variant="body-small" color="secondary">
              {t(
                value.previous ? 'store.logs.fromPrevious' : 'store.logs.from',
                {
                  pod: value.pod,
                  container: value.container,
                },
              )}
            </Text>
            {value.lines.length === 0 ? (
              <Text as="p">{t('store.logs.empty')}</Text>
            ) : (
              <pre
                // A region that scrolls has to be reachable by keyboard.
                // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
                tabIndex={0}
                role="region"
                aria-label={t('store.logs.lines', { workload: value.workload })}
                className={styles.words}
              >
                {value.lines.join('\n')}
              </pre>
            )}
          </>
        )}
      </Flex>
    </InfoCard>
  );
};
