import { storeReadPermission } from '@storeyard/backstage-plugin-stores-common';
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
  query: { after: number; limit: number; wait: number };
}

/** The calls that read the activity log. */
export function createEventHandlers(options: EventHandlersOptions) {
  const { access, events, shutdown, views } = options;

  async function read(
    { caller, query, response }: Reading,
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
    return {
      status: 200,
      body: await views.showEvents(caller, page),
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
