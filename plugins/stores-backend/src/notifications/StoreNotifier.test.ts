import { mockServices } from '@backstage/backend-test-utils';
import type { NotificationSendOptions } from '@backstage/plugin-notifications-node';
import {
  createTestDatabase,
  databases,
  newStore,
  type TestDatabase,
} from '../__testUtils__/testDatabase';
import { until } from '../__testUtils__/until';
import { guardOf, type NewStoreEvent, type StoreRecord } from '../database';
import { StoreNotifier, type StoreNotifierOptions } from './StoreNotifier';

jest.setTimeout(120_000);

describe.each(databases.eachSupportedId())(
  'StoreNotifier on %s',
  databaseId => {
    let database: TestDatabase;
    let notifiers: StoreNotifier[] = [];
    const logger = mockServices.logger.mock();

    beforeEach(async () => {
      database = await createTestDatabase(databaseId, {
        pollMilliseconds: 200,
      });
      // A new consumer begins behind the last event: this is where it begins.
      await database.events.readNext('notifications', 1);
    });

    afterEach(async () => {
      await Promise.all(notifiers.map(each => each.stop()));
      notifiers = [];
      jest.clearAllMocks();
    });

    function startNotifier(
      send: (options: NotificationSendOptions) => Promise<void>,
      options: Partial<StoreNotifierOptions> = {},
    ): StoreNotifier {
      const notifier = StoreNotifier.create({
        events: database.events,
        stores: database.stores,
        notifications: { send },
        logger,
        retryMilliseconds: 20,
        turnMilliseconds: 20,
        ...options,
      });
      notifier.start();
      notifiers.push(notifier);
      return notifier;
    }

    async function tell(
      store: StoreRecord,
      event: NewStoreEvent,
    ): Promise<StoreRecord> {
      return database.stores.patch({
        id: store.id,
        guard: guardOf(store),
        patch: {},
        events: [event],
      });
    }

    async function newToys(name = 'Toys'): Promise<StoreRecord> {
      const { store } = await database.stores.create(
        newStore({ name, owner: 'group:default/toys' }),
      );
      return store;
    }

    const ready = { type: 'ready', message: 'The shop serves' } as const;

    it('tells the owner of READY, FAILED and DELETED, with a link and how grave it is', async () => {
      const sent: NotificationSendOptions[] = [];
      const store = await newToys();
      await tell(store, { type: 'applied', message: 'Applied' });
      await tell(store, {
        type: 'failed',
        message: 'pull access denied',
        details: { reason: 'ImagePullFailed' },
      });
      await tell(store, ready);
      await tell(store, { type: 'deleted', message: 'Nothing is left' });
      startNotifier(async options => {
        sent.push(options);
      });
      await until(() => sent.length === 3);
      expect(
        sent.map(({ payload }) => [payload.title, payload.severity]),
      ).toEqual([
        ["Store 'Toys' failed: ImagePullFailed", 'high'],
        ["Store 'Toys' is ready", 'normal'],
        ["Store 'Toys' is deleted", 'low'],
      ]);
      expect(sent[0]).toEqual({
        recipients: { type: 'entity', entityRef: 'group:default/toys' },
        payload: expect.objectContaining({
          description: expect.stringMatching(
            /^The image of the store can't be pulled\. Check the image/,
          ),
          link: `/stores/${store.id}`,
          topic: 'stores',
        }),
      });
    });

    it('keeps one notification a store, which later ones replace', async () => {
      const sent: NotificationSendOptions[] = [];
      const [toys, games] = [await newToys(), await newToys('Games')];
      await tell(toys, { type: 'failed', message: 'no room' });
      await tell(games, ready);
      await tell(toys, ready);
      startNotifier(async options => {
        sent.push(options);
      });
      await until(() => sent.length === 3);
      const [failed, other, recovered] = sent.map(
        ({ payload }) => payload.scope,
      );
      expect(recovered).toBe(failed);
      expect(failed).toContain(toys.id);
      expect(other).not.toBe(failed);
    });

    it('loses none over a crash, and sends again at most the one that was being sent', async () => {
      const sent: string[] = [];
      const stores: StoreRecord[] = [];
      for (let count = 0; count < 6; count += 1) {
        const store = await newToys(`Toys ${count}`);
        stores.push(store);
        await tell(store, ready);
      }
      // Sent, but the process ends before the cursor is moved.
      const crash = new Promise<void>(resolve => {
        const dying = StoreNotifier.create({
          events: {
            ...bound(database.events),
            advance: async options => {
              if (sent.length === 3) {
                resolve();
                return new Promise<boolean>(() => {});
              }
              return database.events.advance(options);
            },
          },
          stores: database.stores,
          notifications: {
            send: async ({ payload }) => {
              sent.push(payload.scope!);
            },
          },
          logger: mockServices.logger.mock(),
        });
        dying.start();
      });
      await crash;
      startNotifier(async ({ payload }) => {
        sent.push(payload.scope!);
      });
      await until(() => sent.length === 7);
      expect(new Set(sent).size).toBe(6);
      expect(sent[3]).toBe(sent[2]);
      for (const store of stores) {
        expect(sent.some(scope => scope.includes(store.id))).toBe(true);
      }
    });

    it('waits while notifications can not be sent, and goes on with the same', async () => {
      const sent: string[] = [];
      let refusals = 3;
      startNotifier(async ({ payload }) => {
        if (refusals > 0) {
          refusals -= 1;
          throw new Error('Failed to send notifications: 503');
        }
        sent.push(payload.title);
      });
      await tell(await newToys('First'), ready);
      await tell(await newToys('Second'), ready);
      await until(() => sent.length === 2);
      expect(refusals).toBe(0);
      expect(sent).toEqual([
        "Store 'First' is ready",
        "Store 'Second' is ready",
      ]);
    });

    it('leaves out, in the end, what is refused for good', async () => {
      const sent: string[] = [];
      startNotifier(
        async ({ payload }) => {
          if (payload.title.includes('First')) {
            throw new Error('Failed to send notifications: 400');
          }
          sent.push(payload.title);
        },
        { giveUpMilliseconds: 100 },
      );
      await tell(await newToys('First'), ready);
      await tell(await newToys('Second'), ready);
      await until(() => sent.length === 1);
      expect(sent).toEqual(["Store 'Second' is ready"]);
      expect(logger.error).toHaveBeenCalledTimes(1);
      expect(logger.error).toHaveBeenCalledWith(
        expect.stringMatching(/^Nobody is told of event \d+ of store '.*400/),
      );
    });

    it('of several replicas one notifies, and another when its turn comes', async () => {
      const sent: string[] = [];
      let turn = 'first';
      ['first', 'second'].forEach(replica =>
        startNotifier(
          async ({ payload }) => {
            sent.push(`${replica}: ${payload.title}`);
          },
          { isOurs: () => turn === replica },
        ),
      );
      const [toys, games] = [await newToys(), await newToys('Games')];
      await tell(toys, { type: 'failed', message: 'no room' });
      await tell(toys, ready);
      await until(() => sent.length >= 2);
      turn = 'second';
      await tell(games, ready);
      await until(() => sent.length >= 3);
      expect(sent).toEqual([
        "first: Store 'Toys' failed",
        "first: Store 'Toys' is ready",
        "second: Store 'Games' is ready",
      ]);
    });

    it('hears of a commit at once, and stops when told to', async () => {
      const sent: string[] = [];
      const notifier = startNotifier(async ({ payload }) => {
        sent.push(payload.title);
      });
      const store = await newToys();
      await tell(store, ready);
      await until(() => sent.length === 1);
      await notifier.stop();
      await tell(store, ready);
      expect(sent).toHaveLength(1);
    });
  },
);

/** The methods of an object whose class keeps private state. */
function bound(events: TestDatabase['events']) {
  return {
    read: events.read.bind(events),
    readBack: events.readBack.bind(events),
    waitForEvents: events.waitForEvents.bind(events),
    subscribe: events.subscribe.bind(events),
    wake: events.wake.bind(events),
    onWake: events.onWake.bind(events),
    lastSequence: events.lastSequence.bind(events),
    readNext: events.readNext.bind(events),
  };
}
