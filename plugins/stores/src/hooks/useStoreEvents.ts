import { useEffect, useState } from 'react';
import { useApi } from '@backstage/frontend-plugin-api';
import type { StoreEvent } from '@storeyard/backstage-plugin-stores-common';
import { storesApiRef } from '../api';

/** A store's activity log, which grows as things happen. */
export interface StoreEvents {
  /** Oldest first; `undefined` until the first page is there. */
  events?: StoreEvent[];
  /** Why the last attempt to read on failed. */
  error?: Error;
}

const waitSeconds = 25;
const pauseMilliseconds = 1_000;
const retryMilliseconds = 5_000;

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
  });
}

/** Follows a store's activity log by its cursor; the server holds each request until something happens. */
export function useStoreEvents(id: string): StoreEvents {
  const api = useApi(storesApiRef);
  const [state, setState] = useState<StoreEvents>({});

  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    setState({});
    const follow = async () => {
      let after = 0;
      let wait = 0;
      while (!signal.aborted) {
        let rest = pauseMilliseconds;
        try {
          const page = await api.listEvents(id, {
            after,
            wait,
            limit: 500,
            signal,
          });
          after = page.cursor;
          wait = waitSeconds;
          if (!signal.aborted) {
            setState(({ events = [] }) => ({
              events: [...events, ...page.items],
            }));
          }
        } catch (error) {
          rest = retryMilliseconds;
          if (!signal.aborted) {
            setState(last => ({ ...last, error: error as Error }));
          }
        }
        await pause(rest, signal);
      }
    };
    follow();
    return () => controller.abort();
  }, [api, id]);

  return state;
}
