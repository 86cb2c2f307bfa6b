import { useRef } from 'react';
import { Button, Flex, Text } from '@backstage/ui';
import { statusOf, wordsOf } from '../../../data/requestErrors';
import type { StoreEvents } from '../../../data/useStoreEvents';
import { formatMoment } from '../../../models/formatDate';
import { useStoresTranslation } from '../../../translation';

/** Reads further back, and says how far that has come, also where a filter leaves nothing of it. */
export const OlderLines = ({ log, now }: { log: StoreEvents; now: number }) => {
  const t = useStoresTranslation();
  const asked = useRef(false);
  const { events, hasOlder, isReadingOlder, olderError, readOlder } = log;
  const oldest = events?.[0];
  return (
    <Flex gap="3" align="center" style={{ flexWrap: 'wrap' }}>
      {hasOlder && (
        <Button
          variant="secondary"
          isPending={isReadingOlder}
          onPress={() => {
            asked.current = true;
            readOlder();
          }}
        >
          {t('timeline.older')}
        </Button>
      )}
      <Text as="p" variant="body-small" color="secondary" role="status">
        {asked.current &&
          oldest &&
          (hasOlder
            ? t('timeline.readTo', { time: formatMoment(oldest.time, now) })
            : t('timeline.beginning'))}
      </Text>
      {olderError && (
        <Text as="p" role="alert">
          {statusOf(olderError) === undefined
            ? t('timeline.olderAway')
            : t('timeline.olderFailed', { words: wordsOf(olderError) })}
        </Text>
      )}
    </Flex>
  );
};
