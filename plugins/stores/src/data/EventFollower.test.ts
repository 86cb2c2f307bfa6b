import type { StoreEvent } from '@storeyard/backstage-plugin-stores-common';
import { eventLog } from '../__testUtils__/eventLog';
import { responseError } from '../__testUtils__/responseError';
import { buildEvent } from '../__testUtils__/stores';
import type { StoresApi } from '../api';
import { EventFollower, type FollowedEvents } from './EventFollower';

jest.useFakeTimers();

function events(count: number): StoreEvent[] {
  return Array.from({ length: count }, (_, index) =>
    // Sequences are shared by all stores, so that a store's have gaps.
    buildEvent({ sequence: 3 * (index + 1), message: `Event ${index + 1}` }),
  );
}

describe('EventFollower', () => {
  const followers: EventFollower[] = [];

  afterEach(() => followers.splice(0).forEach(follower => follower.stop()));

  async function start(listEvents: StoresApi['listEvents'], pageSize = 10) {
    let told: FollowedEvents | undefined;
    const spy = jest.fn(listEvents);
    const follower = EventFollower.create({
      api: { listEvents: spy },
      id: 'demo-shop-ab12c',
      pageSize,
      onChange: next => {
        told = next;
      },
    });
    followers.push(follower);
    follower.start();
    await jest.advanceTimersByTimeAsync(0);
    return {
      follower,
      listEvents: spy,
      last: () => told,
      messages: () => told?.events?.map(({ message }) => message),
    };
  }

  it('begins with the newest page, oldest first, and follows on from it', async () => {
    const log = events(25);
    const { last, listEvents, messages } = await start(async (id, options) => {
      if (!options?.wait) {
        return eventLog(log).listEvents(id, options);
      }
      const fresh = buildEvent({ sequence: 80, message: 'Event 26' });
      return eventLog([...log, fresh]).listEvents(id, options);
    });

    expect(messages()).toEqual(
      Array.from({ length: 10 }, (_, index) => `Event ${index + 16}`),
    );
    expect(last()?.hasOlder).toBe(true);
    await jest.advanceTimersByTimeAsync(1_000);
    expect(listEvents).toHaveBeenLastCalledWith(
      'demo-shop-ab12c',
      expect.objectContaining({ after: 75, wait: 25 }),
    );
    expect(messages()?.at(-1)).toBe('Event 26');
  });

  it('reads older pages when asked to, each line once, until there are none', async () => {
    const { follower, last, messages } = await start(
      eventLog(events(25)).listEvents,
    );

    follower.readOlder();
    expect(last()?.isReadingOlder).toBe(true);
    // Asking twice is asking once.
    follower.readOlder();
    await jest.advanceTimersByTimeAsync(0);
    expect(messages()?.length).toBe(20);
    expect(messages()?.[0]).toBe('Event 6');
    expect(last()).toMatchObject({ hasOlder: true, isReadingOlder: false });

    follower.readOlder();
    await jest.advanceTimersByTimeAsync(0);
    expect(messages()).toEqual(
      Array.from({ length: 25 }, (_, index) => `Event ${index + 1}`),
    );
    expect(last()?.hasOlder).toBe(false);
  });

  it('keeps what it has when older lines can not be read, and may be asked again', async () => {
    let fails = true;
    const log = eventLog(events(25));
    const { follower, last, messages } = await start(async (id, options) => {
      if (options?.before && fails) {
        throw new TypeError('Failed to fetch');
      }
      return log.listEvents(id, options);
    });

    follower.readOlder();
    await jest.advanceTimersByTimeAsync(0);
    expect(last()).toMatchObject({
      hasOlder: true,
      isReadingOlder: false,
      olderError: new TypeError('Failed to fetch'),
    });
    expect(messages()?.length).toBe(10);

    fails = false;
    follower.readOlder();
    await jest.advanceTimersByTimeAsync(0);
    expect(messages()?.length).toBe(20);
    expect(last()?.olderError).toBeUndefined();
  });

  it('asks once and waits then, of a log without an event', async () => {
    const { last, listEvents } = await start(eventLog([]).listEvents);

    expect(last()).toMatchObject({ events: [], hasOlder: false });
    await jest.advanceTimersByTimeAsync(60_000);
    expect(listEvents).toHaveBeenCalledTimes(2);
  });

  it('leaves a quiet log alone for longer and longer, until a hint', async () => {
    const log = events(3);
    const { follower, listEvents, messages } = await start(
      (id, options) =>
        // The server has held it for as long as it was asked to.
        new Promise(resolve =>
          setTimeout(
            () =>
              resolve(
                eventLog(log).listEvents(id, { ...options, wait: undefined }),
              ),
            1_000 * (options?.wait ?? 0),
          ),
        ),
    );
    await jest.advanceTimersByTimeAsync(15 * 60_000);
    expect(listEvents.mock.calls.length).toBeGreaterThan(5);
    expect(listEvents.mock.calls.length).toBeLessThan(12);

    // Two minutes apart by now, less those for which the server holds it.
    await jest.advanceTimersByTimeAsync(26_000);
    const before = listEvents.mock.calls.length;
    log.push(buildEvent({ sequence: 80, message: 'Event 4' }));
    follower.hint();
    await jest.advanceTimersByTimeAsync(26_000);
    expect(listEvents.mock.calls.length).toBeGreaterThan(before);
    expect(messages()?.at(-1)).toBe('Event 4');
  });

  it('leaves the backend alone for as long as it wants, and goes on', async () => {
    const error = await responseError(429, 'TooManyRequestsError', 'slow', {
      'Retry-After': '180',
    });
    let limited = true;
    const log = eventLog(events(3));
    const { follower, last, listEvents, messages } = await start(
      async (id, options) => {
        if (limited) {
          throw error;
        }
        return log.listEvents(id, options);
      },
    );

    expect(last()?.events).toBeUndefined();
    expect(last()?.error).toBe(error);
    await jest.advanceTimersByTimeAsync(179_000);
    follower.reload();
    await jest.advanceTimersByTimeAsync(0);
    expect(listEvents).toHaveBeenCalledTimes(1);
    limited = false;
    await jest.advanceTimersByTimeAsync(1_000);
    expect(messages()?.length).toBe(3);
    expect(last()?.error).toBeUndefined();
  });

  it('says how old it is when reading on fails, and knows at once when that works again', async () => {
    let fails = true;
    const log = eventLog(events(3));
    const { follower, last, listEvents } = await start(async (id, options) => {
      if (options?.after && fails) {
        throw new TypeError('Failed to fetch');
      }
      return log.listEvents(id, options);
    });
    const readAt = Date.now();
    await jest.advanceTimersByTimeAsync(1_000);
    expect(last()).toMatchObject({
      error: new TypeError('Failed to fetch'),
      loadedAt: readAt,
      retryAt: readAt + 6_000,
    });

    fails = false;
    follower.reload();
    await jest.advanceTimersByTimeAsync(0);
    // Not by a request that the server holds until something happens.
    expect(listEvents.mock.lastCall?.[1]?.wait).toBeUndefined();
    expect(last()).toMatchObject({ error: undefined, loadedAt: Date.now() });
  });

  it('catches up page by page after a time in which nobody looked', async () => {
    const log = events(3);
    const { listEvents, messages } = await start(async (id, options) =>
      options?.order === 'desc'
        ? eventLog(log.slice(0, 1)).listEvents(id, options)
        : eventLog(log).listEvents(id, { ...options, limit: 1 }),
    );

    await jest.advanceTimersByTimeAsync(4_000);
    expect(messages()).toEqual(['Event 1', 'Event 2', 'Event 3']);
    expect(listEvents.mock.calls.length).toBeLessThanOrEqual(4);
  });

  it('says no more once it is stopped', async () => {
    const { follower, last, messages } = await start(
      eventLog(events(25)).listEvents,
    );

    follower.readOlder();
    follower.stop();
    const before = last();
    await jest.advanceTimersByTimeAsync(60_000);
    expect(last()).toBe(before);
    expect(messages()?.length).toBe(10);
  });
});
