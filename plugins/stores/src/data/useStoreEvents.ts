import { useCallback, useEffect, useRef, useState } from 'react';
import { useApi } from '@backstage/frontend-plugin-api';
import { storesApiRef } from '../api';
import { EventFollower, type FollowedEvents } from './EventFollower';
import { useStoreSignal } from './useStoreSignal';

/** A store's activity log, which grows as things happen and back as somebody asks. */
export interface StoreEvents extends FollowedEvents {
  readOlder: () => void;
  /** Reads on at once after an attempt that failed. */
  reload: () => void;
}

const nothing: FollowedEvents = { hasOlder: false, isReadingOlder: false };

/** Follows a store's activity log for as long as the component is shown. */
export function useStoreEvents(
  id: string,
  { pageSize = 100 }: { pageSize?: number } = {},
): StoreEvents {
  const api = useApi(storesApiRef);
  const [followed, setFollowed] = useState(nothing);
  const follower = useRef<EventFollower>();

  useEffect(() => {
    setFollowed(nothing);
    const current = EventFollower.create({
      api,
      id,
      pageSize,
      onChange: setFollowed,
    });
    follower.current = current;
    current.start();
    return () => current.stop();
  }, [api, id, pageSize]);

  const hint = useCallback(() => follower.current?.hint(), []);
  useStoreSignal(hint, id);

  const readOlder = useCallback(() => {
    follower.current?.readOlder();
  }, []);
  const reload = useCallback(() => follower.current?.reload(), []);
  return { ...followed, readOlder, reload };
}
