import { Flex, Text } from '@backstage/ui';
import type { StoreResources } from '@storeyard/backstage-plugin-stores-common';
import { InfoCard } from '../../../components/InfoCard';
import { LoadError } from '../../../components/LoadError';
import { LoadingCards } from '../../../components/LoadingCards';
import { UsageBar } from '../../../components/UsageBar';
import type { LivePolled } from '../../../data/usePolled';
import { shareOf } from '../../../models/quantity';
import { useStoresTranslation } from '../../../translation';

const Content = ({ resources }: { resources: StoreResources }) => {
  const t = useStoresTranslation();
  const { workloads, volumes, quota } = resources;
  if (workloads.length === 0 && volumes.length === 0) {
    return <Text as="p">{t('store.resources.none')}</Text>;
  }
  return (
    <Flex direction="column" gap="2" align="stretch">
      {workloads.map(({ kind, name, desired, ready, pods }) => {
        const restarts = pods.reduce((sum, pod) => sum + pod.restarts, 0);
        const reasons = pods.flatMap(({ reason }) => reason ?? []);
        return (
          <Text as="p" key={`${kind}/${name}`}>
            {name}:{' '}
            {[
              t('store.resources.ready', {
                ready: String(ready),
                desired: String(desired),
              }),
              restarts > 0 &&
                t('store.resources.restarts', { count: restarts }),
              ...reasons,
            ]
              .filter(Boolean)
              .join(' · ')}
          </Text>
        );
      })}
      {volumes.map(({ name, phase, requested, capacity, deleting }) => (
        <Text as="p" key={name}>
          {name}:{' '}
          {deleting
            ? t('store.resources.volumeDeleting', {
                size: capacity ?? requested,
              })
            : t('store.resources.volume', {
                size: capacity ?? requested,
                phase,
              })}
        </Text>
      ))}
      {quota.length > 0 && (
        <section aria-label={t('store.resources.quota')}>
          {quota.map(({ resource, used, hard }) => (
            <UsageBar
              key={resource}
              label={resource}
              words={t('store.resources.used', { used, hard })}
              share={shareOf(used, hard)}
            />
          ))}
        </section>
      )}
    </Flex>
  );
};

/** What runs in a store's namespace, and what it uses of its quota. */
export const ResourcesCard = ({
  resources,
}: {
  resources: LivePolled<StoreResources>;
}) => {
  const t = useStoresTranslation();
  const { value, error, loadedAt, retryAt, reload } = resources;
  return (
    <InfoCard title={t('store.resources.title')}>
      <Flex direction="column" gap="2" align="stretch">
        {error && (
          <LoadError
            what={t('store.resources.what')}
            error={error}
            loadedAt={loadedAt}
            retryAt={retryAt}
            onRetry={reload}
          />
        )}
        {!value && !error && (
          <LoadingCards label={t('store.resources.loading')} />
        )}
        {value && <Content resources={value} />}
      </Flex>
    </InfoCard>
  );
};
