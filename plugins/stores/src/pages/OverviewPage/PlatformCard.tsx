import { Alert, Flex, Text } from '@backstage/ui';
import type {
  Overview,
  PlatformHealth,
  PlatformReplica,
} from '@storeyard/backstage-plugin-stores-common';
import { InfoCard } from '../../components/InfoCard';
import { formatMoment } from '../../models/formatDate';
import { useStoresTranslation, type StoresTranslate } from '../../translation';
import styles from './PlatformCard.module.css';

interface Context {
  now: number;
  t: StoresTranslate;
}

function describeRestarts(
  { restarts, lastRestart }: PlatformReplica,
  { now, t }: Context,
): string | undefined {
  if (restarts === undefined) {
    return undefined;
  }
  if (restarts === 0) {
    return t('overview.platform.neverRestarted');
  }
  const number = t('overview.platform.restarts', { count: restarts });
  return lastRestart
    ? t('overview.platform.lastRestart', {
        number,
        time: lastRestart.at
          ? formatMoment(lastRestart.at, now)
          : t('overview.platform.unknownTime'),
        reason: lastRestart.reason,
      })
    : number;
}

function describeCluster(
  { reachable, since, message, version }: PlatformHealth['cluster'],
  { now, t }: Context,
): string {
  if (reachable === undefined) {
    return t('overview.platform.clusterUnknown');
  }
  const time = since
    ? formatMoment(since, now)
    : t('overview.platform.unknownTime');
  return reachable
    ? t('overview.platform.cluster', {
        name: ['Kubernetes', version].filter(Boolean).join(' '),
        time,
      })
    : t('overview.platform.clusterAway', { time, words: message ?? '' });
}

const Replica = ({
  replica,
  context,
}: {
  replica: PlatformReplica;
  context: Context;
}) => {
  const { now, t } = context;
  const { host, version, startedAt, heldStores } = replica;
  return (
    <li className={styles.replica}>
      <Text as="p" weight="bold">
        {host}
      </Text>
      <Text as="p" variant="body-small" color="secondary">
        {[
          t('overview.platform.holds', { count: heldStores }),
          version && t('overview.platform.version', { version }),
          t('overview.platform.since', { time: formatMoment(startedAt, now) }),
          describeRestarts(replica, context),
        ]
          .filter(Boolean)
          .join(' · ')}
      </Text>
    </li>
  );
};

/** How the platform itself is: who works on stores, in which version, and the cluster as they see it. */
export const PlatformCard = ({
  overview,
  now,
}: {
  overview: Overview;
  now: number;
}) => {
  const t = useStoresTranslation();
  const { replicas, unheldStores, cluster } = overview.platform;
  const context = { now, t };
  const versions = [...new Set(replicas.map(({ version }) => version))].filter(
    version => version !== undefined,
  );
  const problems = [
    replicas.length === 0 && t('overview.platform.noReplica'),
    unheldStores > 0 && t('overview.platform.unheld', { count: unheldStores }),
    versions.length > 1 &&
      t('overview.platform.versionsDiffer', {
        versions: new Intl.ListFormat('en-GB').format(versions),
      }),
  ].filter(problem => problem !== false);
  return (
    <InfoCard title={t('overview.platform.title')}>
      <Flex direction="column" gap="3" align="stretch">
        {problems.map(problem => (
          <Alert key={problem} icon status="warning" title={problem} />
        ))}
        <ul
          aria-label={t('overview.platform.replicas')}
          className={styles.replicas}
        >
          {replicas.map(replica => (
            <Replica key={replica.id} replica={replica} context={context} />
          ))}
        </ul>
        <Text as="p">{describeCluster(cluster, context)}</Text>
      </Flex>
    </InfoCard>
  );
};
