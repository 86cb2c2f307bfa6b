import { Card, CardBody, CardHeader, Flex, Text } from '@backstage/ui';
import type { StoreEvent } from '@storeyard/backstage-plugin-stores-common';
import type { StoreEvents } from '../hooks/useStoreEvents';
import { formatAge } from '../words/formatDuration';
import { LoadingCards } from './LoadingCards';
import { Time } from './Time';

const EventLine = ({ event, now }: { event: StoreEvent; now: number }) => (
  <div role="listitem">
    <Text as="p">{event.message}</Text>
    <Text as="p" variant="body-small" color="secondary">
      {event.type} ·{' '}
      <Time time={event.time}>{formatAge(event.time, now)} ago</Time>
      {event.actor && ` · by ${event.actor}`}
    </Text>
    {event.details && (
      <details>
        <summary>
          <Text variant="body-small">Details</Text>
        </summary>
        <Text as="div" variant="body-small">
          <pre style={{ margin: 0, whiteSpace: 'pre-wrap' }}>
            {JSON.stringify(event.details, undefined, 2)}
          </pre>
        </Text>
      </details>
    )}
  </div>
);

/** What has happened to a store, the newest first. */
export const StoreEventLog = ({
  log,
  now,
}: {
  log: StoreEvents;
  now: number;
}) => {
  const { events, error } = log;
  return (
    <Card>
      <CardHeader>
        <Text as="h3" variant="title-x-small">
          What happened
        </Text>
      </CardHeader>
      <CardBody>
        <Flex direction="column" gap="3">
          {error && (
            <Text as="p" role="alert">
              The log could not be read on: {error.message}. This page tries
              again by itself.
            </Text>
          )}
          {!events && !error && <LoadingCards label="Loading the log" />}
          {events?.length === 0 && <Text as="p">Nothing yet.</Text>}
          {events && events.length > 0 && (
            <Flex direction="column" gap="3" role="list" aria-label="Events">
              {[...events].reverse().map(event => (
                <EventLine key={event.sequence} event={event} now={now} />
              ))}
            </Flex>
          )}
        </Flex>
      </CardBody>
    </Card>
  );
};
