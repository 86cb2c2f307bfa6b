import {
  storeEventTypes,
  type StoreEventType,
} from '@storeyard/backstage-plugin-stores-common';
import { z } from 'zod';

/** The topic of Backstage's events that changes of stores are published under. */
export const storesTopic = 'stores';

const storeCommitSchema = z.object({
  replica: z.string(),
  storeId: z.string(),
  sequence: z.number().int(),
  // A replica of a newer version may know further ones.
  types: z.array(z.string()),
});

/** That something was committed about a store; what it was stands in the event log. */
export interface StoreCommit {
  /** The process that committed it. */
  replica: string;
  storeId: string;
  /** Sequence of the commit's last event. */
  sequence: number;
  types: StoreEventType[];
}

/** A commit out of an event's payload; undefined when it is none. */
export function parseStoreCommit(payload: unknown): StoreCommit | undefined {
  const { data } = storeCommitSchema.safeParse(payload);
  return (
    data && {
      ...data,
      types: storeEventTypes.filter(type => data.types.includes(type)),
    }
  );
}
