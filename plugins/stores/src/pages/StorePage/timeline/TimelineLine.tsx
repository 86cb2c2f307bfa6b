import { Text } from '@backstage/ui';
import type { StoreEvent } from '@storeyard/backstage-plugin-stores-common';
import { Time } from '../../../components/Time';
import { describeEvent } from '../../../models/describeEvent';
import { formatMoment } from '../../../models/formatDate';
import { formatAge } from '../../../models/formatDuration';
import { ownerName } from '../../../models/ownerName';
import type { TimelineLine as Line } from '../../../models/timeline';
import { useStoresTranslation } from '../../../translation';
import styles from './Timeline.module.css';

const Sentence = ({ event, now }: { event: StoreEvent; now: number }) => {
  const t = useStoresTranslation();
  return (
    <div className={styles.sentence}>
      <Text as="span" variant="body-small" color="secondary">
        <Time time={event.time}>{formatMoment(event.time, now)}</Time>{' '}
      </Text>
      <Text as="p">
        {describeEvent(event)}
        <Text as="span" variant="body-small" color="secondary">
          {' '}
          {t('common.ago', { age: formatAge(event.time, now) })}
          {event.actor &&
            ` · ${t('timeline.by', { actor: ownerName(event.actor) })}`}
        </Text>
      </Text>
    </div>
  );
};

const Details = ({ event }: { event: StoreEvent }) => {
  const t = useStoresTranslation();
  return event.details && Object.keys(event.details).length > 0 ? (
    <details className={styles.more}>
      <summary>
        <Text as="span" variant="body-small" color="secondary">
          {t('timeline.details')}
        </Text>
      </summary>
      <pre className={styles.details}>
        {JSON.stringify(
          { type: event.type, message: event.message, ...event.details },
          undefined,
          2,
        )}
      </pre>
    </details>
  ) : null;
};

/** One thing that happened, with what is behind it and the attempts before it. */
export const TimelineLine = ({ line, now }: { line: Line; now: number }) => {
  const t = useStoresTranslation();
  const { event, folded } = line;
  return (
    <li className={styles.line} data-event={event.type}>
      <Sentence event={event} now={now} />
      <Details event={event} />
      {folded.length > 0 && (
        <details className={styles.more}>
          <summary>
            <Text as="span" variant="body-small" color="secondary">
              {t('timeline.earlier', { count: folded.length })}
            </Text>
          </summary>
          {folded.map(earlier => (
            <div key={earlier.sequence} className={styles.folded}>
              <Sentence event={earlier} now={now} />
              <Details event={earlier} />
            </div>
          ))}
        </details>
      )}
    </li>
  );
};
