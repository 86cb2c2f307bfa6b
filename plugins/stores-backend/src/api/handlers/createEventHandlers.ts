import { InputError } from '@backstage/errors';
import {
  storeReadPermission,
  type StoreEventOrder,
} from '@storeyard/backstage-plugin-stores-common';
import type { Response } from 'express';
import type { EventLog, ReadEventsOptions } from '../../database';
import type { StoreAccess } from '../../permissions';
import type { Caller } from '../Caller';
import type { OperationHandlers } from '../operationTypes';
import { leaveUncounted } from '../RateLimits';
import type { StoreViews } from '../StoreViews';

/** Options of {@link createEventHandlers}. */
export interface EventHandlersOptions {
  access: StoreAccess;
  events: EventLog;
  /** Ends the requests that wait for events. */
  shutdown: AbortSignal;
  views: StoreViews;
}

interface Reading {
  caller: Caller;
  response: Response;
  query: {
    after: number;
    before?: number;
    order: StoreEventOrder;
    limit: number;
    wait: number;
  };
}

/** The calls that read the activity log. */
export function createEventHandlers(options: EventHandlersOptions) {
  const { access, events, shutdown, views } = options;

  async function follow(
    { query, response }: Reading,
    which: Pick<ReadEventsOptions, 'storeId' | 'visible'>,
  ) {
    const { after, limit, wait } = query;
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    const page = await events.waitForEvents({
      ...which,
      after,
      limit,
      timeoutMilliseconds: wait * 1000,
      signal: AbortSignal.any([gone.signal, shutdown]),
    });
    if (wait > 0 && page.items.length === 0) {
      leaveUncounted(response);
    }
    return page;
  }

  async function read(
    reading: Reading,
    which: Pick<ReadEventsOptions, 'storeId' | 'visible'>,
  ) {
    const { after, before, limit } = reading.query;
    const page = readsBack(reading.query)
      ? await events.readBack({ ...which, after, before, limit })
      : await follow(reading, which);
    return {
      status: 200,
      body: await views.showEvents(reading.caller, page),
    } as const;
  }

  return {
    async listStoreEvents({ path, ...call }) {
      const record = await views.find(path.id);
      await access.require(call.caller, storeReadPermission, record);
      return read(call, { storeId: record.id });
    },

    async listEvents(call) {
      return read(call, {
        visible: await access.visible(call.caller, storeReadPermission),
      });
    },
  } satisfies Partial<OperationHandlers>;
}

/** @throws InputError when the parameters contradict each other */
function readsBack({ before, order, wait }: Reading['query']): boolean {
  if (order === 'asc') {
    if (before !== undefined) {
      throw new InputError("before: goes with the order 'desc' only");
    }
    return false;
  }
  if (wait > 0) {
    throw new InputError(
      "wait: waits for newer events, so it goes with the order 'asc' only",
    );
  }
  return true;
}
