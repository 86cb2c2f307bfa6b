import { Fragment, type ReactNode } from 'react';
import { Alert, Flex, Text } from '@backstage/ui';
import type {
  Overview,
  PlatformHealth,
  PlatformReplica,
} from '@storeyard/backstage-plugin-stores-common';
import { InfoCard } from '../../components/InfoCard';
import { Time } from '../../components/Time';
import { formatAge } from '../../models/formatDuration';
import { useStoresTranslation, type StoresTranslate } from '../../translation';
import styles from './PlatformCard.module.css';

interface Context {
  now: number;
  t: StoresTranslate;
}

/** How long ago something was. */
function ago(time: string | undefined, { now, t }: Context) {
  return time === undefined ? (
    t('overview.platform.unknownTime')
  ) : (
    <Time time={time}>{t('common.ago', { age: formatAge(time, now) })}</Time>
  );
}

function describeRestarts(
  { restarts, lastRestart }: PlatformReplica,
  context: Context,
): ReactNode {
  const { t } = context;
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
        time: ago(lastRestart.at, context),
        reason: lastRestart.reason,
      })
    : number;
}

function describeCluster(
  { reachable, since, message, version }: PlatformHealth['cluster'],
  context: Context,
): ReactNode {
  const { now, t } = context;
  if (reachable === undefined) {
    return t('overview.platform.clusterUnknown');
  }
  const time = since ? (
    <Time time={since}>{formatAge(since, now)}</Time>
  ) : (
    t('overview.platform.unknownTime')
  );
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
  const { t } = context;
  const { host, version, startedAt, heldStores } = replica;
  const facts = [
    t('overview.platform.holds', { count: heldStores }),
    version && t('overview.platform.version', { version }),
    t('overview.platform.begun', { time: ago(startedAt, context) }),
    describeRestarts(replica, context),
  ].filter(Boolean);
  return (
    <li className={styles.replica}>
      <Text as="p" weight="bold">
        {host}
      </Text>
      <Text as="p" variant="body-small" color="secondary">
        {facts.map((fact, index) => (
          // They keep their places.
          // eslint-disable-next-line react/no-array-index-key
          <Fragment key={index}>
            {index > 0 && ' · '}
            {fact}
          </Fragment>
        ))}
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
