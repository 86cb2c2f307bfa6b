import { Text } from '@backstage/ui';
import { formatMeasured } from '../../../models/formatDuration';
import type { TimelineGroup as Group } from '../../../models/timeline';
import { useStoresTranslation } from '../../../translation';
import styles from './Timeline.module.css';
import { TimelineLine } from './TimelineLine';

/** One phase: how long it took, to scale with the longest, and what happened in it. */
export const TimelineGroup = ({
  group,
  longest,
  now,
}: {
  group: Group;
  /** In seconds. */
  longest: number;
  now: number;
}) => {
  const t = useStoresTranslation();
  const { phase, seconds, lines } = group;
  const name = t(`timeline.phases.${phase}`);
  return (
    <section aria-label={name} className={styles.group} data-phase={phase}>
      <div className={styles.heading}>
        <Text as="h4" variant="body-medium" weight="bold">
          {name}
        </Text>
        {seconds !== undefined && (
          <>
            <span className={styles.track} aria-hidden>
              <span
                className={styles.bar}
                data-testid="timeline-bar"
                style={{
                  width: `${longest > 0 ? (100 * seconds) / longest : 0}%`,
                }}
              />
            </span>
            <Text as="span" variant="body-small" color="secondary">
              {t('timeline.took', { time: formatMeasured(seconds) })}
            </Text>
          </>
        )}
      </div>
      <ol className={styles.lines}>
        {lines.map(line => (
          <TimelineLine key={line.event.sequence} line={line} now={now} />
        ))}
      </ol>
    </section>
  );
};
