import type { NotificationSendOptions } from '@backstage/plugin-notifications-node';
import {
  describeStoreReason,
  isStoreReason,
  type StoreEvent,
  type StoreEventType,
} from '@storeyard/backstage-plugin-stores-common';

/** What a notification says of a store. */
export interface NotifiedStore {
  id: string;
  name: string;
  owner: string;
}

/** The events that owners are told of. */
export const notifiedTypes: readonly StoreEventType[] = [
  'ready',
  'failed',
  'deleted',
];

type Payload = NotificationSendOptions['payload'];

/** What the owner is told of an event; undefined when they needn't be disturbed for it. */
export function toNotification(
  event: StoreEvent,
  store: NotifiedStore,
): NotificationSendOptions | undefined {
  const said = describe(event, store.name);
  return (
    said && {
      recipients: { type: 'entity', entityRef: store.owner },
      payload: {
        ...said,
        link: `/stores/${store.id}`,
        topic: 'stores',
        // One a store: what is told later replaces what was told before, and is unread again.
        scope: `store:${store.id}`,
      },
    }
  );
}

function describe(
  { type, message, details }: StoreEvent,
  name: string,
): Pick<Payload, 'title' | 'description' | 'severity'> | undefined {
  switch (type) {
    case 'ready':
      return {
        title: `Store '${name}' is ready`,
        description: message,
        severity: 'normal',
      };
    case 'failed': {
      const reason = details?.reason;
      const text = isStoreReason(reason)
        ? describeStoreReason(reason)
        : undefined;
      return {
        title: `Store '${name}' failed${text ? `: ${String(reason)}` : ''}`,
        description: [text?.sentence ?? message, text?.remedy]
          .filter(Boolean)
          .join(' '),
        severity: 'high',
      };
    }
    case 'deleted':
      return {
        title: `Store '${name}' is deleted`,
        description: message,
        severity: 'low',
      };
    default:
      return undefined;
  }
}
