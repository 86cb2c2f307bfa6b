import { useEffect, useState } from 'react';
import { useApi } from '@backstage/frontend-plugin-api';
import type { StoreEvent } from '@storeyard/backstage-plugin-stores-common';
import { storesApiRef } from '../api';
import { pause, untilVisible } from './pause';
import { nextAttempt } from './pollPace';
import { retryAfterOf, toError } from './requestErrors';

/** A store's activity log, which grows as things happen. */
export interface StoreEvents {
  /** Oldest first; `undefined` until it has been read to its present end. */
  events?: StoreEvent[];
  /** Why the last attempt to read on failed. */
  error?: Error;
}

const pageSize = 500;
const waitSeconds = 25;
const restMilliseconds = 1_000;

/**
 * Follows a store's activity log by its cursor. The server holds each request
 * until something happens, and doesn't count those that come back empty; only
 * a page that is looked at has one open, for browsers allow few.
 */
export function useStoreEvents(id: string): StoreEvents {
  const api = useApi(storesApiRef);
  const [state, setState] = useState<StoreEvents>({});

  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    let events: StoreEvent[] = [];
    let after = 0;
    let failures = 0;
    let isAtEnd = false;
    setState({});

    const readOn = async () => {
      const page = await api.listEvents(id, {
        after,
        wait: isAtEnd ? waitSeconds : 0,
        limit: pageSize,
        signal,
      });
      after = page.cursor;
      isAtEnd = page.items.length < pageSize;
      failures = 0;
      if (page.items.length > 0) {
        events = [...events, ...page.items];
      }
      if (isAtEnd && !signal.aborted) {
        setState({ events });
      }
      return isAtEnd ? restMilliseconds : 0;
    };

    const follow = async () => {
      while (!signal.aborted) {
        let rest: number;
        try {
          rest = await readOn();
        } catch (thrown) {
          const error = toError(thrown);
          failures += 1;
          rest = retryAfterOf(error, Date.now()) ?? nextAttempt(failures);
          if (!signal.aborted) {
            setState(last => ({ ...last, error }));
          }
        }
        await pause(rest, signal);
        await untilVisible(signal);
      }
    };
    follow();
    return () => controller.abort();
  }, [api, id]);

  return state;
}
