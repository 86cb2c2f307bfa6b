import { Flex, Text } from '@backstage/ui';
import type {
  Capacity,
  NodeCapacity,
} from '@storeyard/backstage-plugin-stores-common';
import { InfoCard } from '../../components/InfoCard';
import { LoadError } from '../../components/LoadError';
import { LoadingCards } from '../../components/LoadingCards';
import { UsageBar } from '../../components/UsageBar';
import { useCapacity } from '../../data/useOverview';
import { formatBytes, formatCores } from '../../models/quantity';
import { useStoresTranslation } from '../../translation';

const Node = ({ node }: { node: NodeCapacity }) => {
  const t = useStoresTranslation();
  const { name, schedulable, allocatable, requested } = node;
  const use = (
    label: string,
    key: 'cpu' | 'memory' | 'pods',
    format: (value: number) => string,
  ) => (
    <UsageBar
      label={label}
      words={t('overview.used', {
        used: format(requested[key]),
        all: format(allocatable[key]),
      })}
      share={
        allocatable[key] > 0
          ? Math.min(1, requested[key] / allocatable[key])
          : undefined
      }
    />
  );
  return (
    <section aria-label={`${t('overview.node')} ${name}`}>
      <Text as="h4" variant="body-medium" weight="bold">
        {name}
        {!schedulable && ` · ${t('overview.unschedulable')}`}
      </Text>
      {use(t('overview.cpu'), 'cpu', cores =>
        t('overview.cores', { number: formatCores(cores) }),
      )}
      {use(t('overview.memory'), 'memory', formatBytes)}
      {use(t('overview.pods'), 'pods', String)}
    </section>
  );
};

const Content = ({ capacity }: { capacity: Capacity }) => {
  const t = useStoresTranslation();
  return (
    <Flex direction="column" gap="3" align="stretch">
      <ul style={{ margin: 0, padding: 0, listStyle: 'none' }}>
        {capacity.plans.map(({ plan, fits }) => (
          <li key={plan}>
            <Text as="span">{t('overview.fitsOf', { count: fits, plan })}</Text>
          </li>
        ))}
      </ul>
      {capacity.nodes.map(node => (
        <Node key={node.name} node={node} />
      ))}
    </Flex>
  );
};

/** What the cluster has room for, and what its nodes have promised. */
export const CapacityCard = () => {
  const t = useStoresTranslation();
  const { value, error, loadedAt, retryAt, reload } = useCapacity();
  return (
    <InfoCard title={t('overview.capacity')}>
      <Flex direction="column" gap="3" align="stretch">
        {error && (
          <LoadError
            what={t('overview.capacityWhat')}
            error={error}
            loadedAt={loadedAt}
            retryAt={retryAt}
            onRetry={reload}
          />
        )}
        {!value && !error && (
          <LoadingCards label={t('overview.capacityLoading')} />
        )}
        {value && <Content capacity={value} />}
      </Flex>
    </InfoCard>
  );
};
