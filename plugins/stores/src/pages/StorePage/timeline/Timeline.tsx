import { useRef, useState } from 'react';
import { Button, Flex, Select, Text } from '@backstage/ui';
import { CopyButton } from '../../../components/CopyButton';
import { InfoCard } from '../../../components/InfoCard';
import { LoadError } from '../../../components/LoadError';
import { LoadingCards } from '../../../components/LoadingCards';
import type { StoreEvents } from '../../../data/useStoreEvents';
import {
  groupTimeline,
  isOfKind,
  timelineKinds,
  timelineText,
  type TimelineKind,
} from '../../../models/timeline';
import { useStoresTranslation } from '../../../translation';
import { OlderLines } from './OlderLines';
import styles from './Timeline.module.css';
import { TimelineGroup } from './TimelineGroup';
import { useHeldEvents } from './useHeldEvents';

function isKind(key: unknown): key is TimelineKind {
  return timelineKinds.some(kind => kind === key);
}

/** What has happened to a store, newest first, by phases. */
export const Timeline = ({ log, now }: { log: StoreEvents; now: number }) => {
  const t = useStoresTranslation();
  const root = useRef<HTMLDivElement>(null);
  const [kind, setKind] = useState<TimelineKind>('all');
  const anchor = useRef<number>();
  const { events = [], error } = log;
  const { shown, waiting, release } = useHeldEvents(events, root);
  anchor.current ??= shown.at(-1)?.sequence;
  const all = groupTimeline(shown, {
    isPartial: log.hasOlder,
    anchor: anchor.current,
  });
  // Durations are those of the whole phase, whatever is shown of it.
  const groups = all
    .map(group => ({
      ...group,
      lines: group.lines.filter(({ event }) => isOfKind(event, kind)),
    }))
    .filter(({ lines }) => lines.length > 0);
  const longest = Math.max(0, ...all.map(({ seconds = 0 }) => seconds));
  return (
    <InfoCard title={t('timeline.title')}>
      <Flex
        direction="column"
        gap="3"
        align="stretch"
        ref={root}
        className={styles.timeline}
      >
        {error && (
          <LoadError
            what={t('timeline.what')}
            error={error}
            loadedAt={log.loadedAt}
            retryAt={log.retryAt}
            onRetry={log.reload}
          />
        )}
        {!log.events && !error && (
          <LoadingCards label={t('timeline.loading')} />
        )}
        {log.events && (
          <Flex gap="3" align="end" style={{ flexWrap: 'wrap' }}>
            <Select
              label={t('timeline.filter')}
              options={timelineKinds.map(each => ({
                value: each,
                label: t(`timeline.kinds.${each}`),
              }))}
              value={kind}
              onChange={key => setKind(isKind(key) ? key : 'all')}
            />
            <CopyButton
              what={t('timeline.title')}
              label={t('timeline.copy')}
              text={() =>
                timelineText(shown.filter(event => isOfKind(event, kind)))
              }
            />
          </Flex>
        )}
        {waiting > 0 && (
          <div style={{ position: 'sticky', top: 8, zIndex: 1 }}>
            <Button size="small" variant="primary" onPress={release}>
              {t('timeline.fresh', { count: waiting })}
            </Button>
          </div>
        )}
        {groups.map(group => (
          <TimelineGroup
            key={group.key}
            group={group}
            longest={longest}
            now={now}
          />
        ))}
        {log.events && groups.length === 0 && (
          <Text as="p">
            {t(kind === 'all' ? 'timeline.empty' : 'timeline.filteredEmpty')}
          </Text>
        )}
        <OlderLines log={log} now={now} />
      </Flex>
    </InfoCard>
  );
};
