import type { JsonObject } from '@backstage/types';
import type { StoreEventType } from '@storeyard/backstage-plugin-stores-common';

/** An event to write in the transaction of the change that it tells of. */
export interface NewStoreEvent {
  type: StoreEventType;
  message: string;
  actor?: string;
  correlationId?: string;
  details?: JsonObject;
}
