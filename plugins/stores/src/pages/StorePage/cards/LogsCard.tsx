import { useCallback, useState } from 'react';
import { useApi } from '@backstage/frontend-plugin-api';
import { Button, Checkbox, Flex, Select, Text } from '@backstage/ui';
import type { Store } from '@storeyard/backstage-plugin-stores-common';
import { storesApiRef } from '../../../api';
import { ActionError } from '../../../components/ActionError';
import { InfoCard } from '../../../components/InfoCard';
import { UnavailableButton } from '../../../components/UnavailableButton';
import { useRead } from '../../../data/useRead';
import { ownerName } from '../../../models/ownerName';
import type { Allowed } from '../../../models/storeActions';
import { useStoresTranslation } from '../../../translation';
import styles from '../StorePage.module.css';

const workloads = [
  { name: 'medusa-api', text: 'shop' },
  { name: 'postgres', text: 'database' },
] as const;

/** What a store's workloads write, read when somebody asks. */
export const LogsCard = ({
  store,
  allowed,
}: {
  store: Store;
  allowed: Allowed;
}) => {
  const t = useStoresTranslation();
  const api = useApi(storesApiRef);
  const [workload, setWorkload] = useState<string>(workloads[0].name);
  const [previous, setPrevious] = useState(false);
  const { id } = store;
  const load = useCallback(
    (signal: AbortSignal) =>
      api.getLogs(id, { workload, previous, tail: 200, signal }),
    [api, id, workload, previous],
  );
  const { value, error, isReading, read, forget } = useRead(load);
  return (
    <InfoCard title={t('store.logs.title')}>
      <Flex direction="column" gap="3" align="stretch">
        <Select
          label={t('store.logs.workload')}
          options={workloads.map(({ name, text }) => ({
            value: name,
            label: t(`store.logs.${text}`),
          }))}
          value={workload}
          onChange={key => {
            forget();
            setWorkload(String(key));
          }}
        />
        <Checkbox
          isSelected={previous}
          onChange={isSelected => {
            forget();
            setPrevious(isSelected);
          }}
        >
          {t('store.logs.previous')}
        </Checkbox>
        <div>
          {allowed ? (
            <Button variant="secondary" isPending={isReading} onPress={read}>
              {t(value ? 'store.logs.again' : 'store.logs.show')}
            </Button>
          ) : (
            <UnavailableButton
              label={t('store.logs.show')}
              reason={
                allowed === undefined
                  ? t('store.whyNot.checking')
                  : t('store.whyNot.notAllowed', {
                      owner: ownerName(store.owner),
                    })
              }
            />
          )}
        </div>
        {error && (
          <ActionError
            title={t('common.error.title', { what: t('store.logs.what') })}
            error={error}
          />
        )}
        {value && (
          <>
            <Text as="p" variant="body-small" color="secondary">
              {t('store.logs.from', {
                pod: value.pod,
                container: value.container,
              })}
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
