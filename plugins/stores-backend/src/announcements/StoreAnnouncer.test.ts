import { mockServices } from '@backstage/backend-test-utils';
import type {
  EventParams,
  EventsService,
  EventsServiceSubscribeOptions,
} from '@backstage/plugin-events-node';
import {
  createTestDatabase,
  newStore,
  type TestDatabase,
} from '../__testUtils__/testDatabase';
import { StoreAnnouncer } from './StoreAnnouncer';

jest.setTimeout(60_000);

/** A bus between replicas that each have their own subscriber. */
class Bus implements EventsService {
  readonly published: EventParams[] = [];
  private readonly subscribers: EventsServiceSubscribeOptions[] = [];
  broken = false;

  async publish(params: EventParams): Promise<void> {
    if (this.broken) throw new Error('the bus is away');
    this.published.push(params);
    for (const { topics, onEvent } of this.subscribers) {
      if (topics.includes(params.topic)) await onEvent(params);
    }
  }

  async subscribe(options: EventsServiceSubscribeOptions): Promise<void> {
    this.subscribers.push(options);
  }

  get ids(): string[] {
    return this.subscribers.map(({ id }) => id);
  }
}

describe('StoreAnnouncer', () => {
  let database: TestDatabase;
  let bus: Bus;
  const announcers: StoreAnnouncer[] = [];

  beforeEach(async () => {
    database = await createTestDatabase('SQLITE_3');
    bus = new Bus();
  });

  afterEach(async () => {
    await Promise.all(announcers.splice(0).map(each => each.stop()));
  });

  async function startReplica(replica: string, { events, stores } = database) {
    const enqueued: string[] = [];
    const publish = jest.fn(async () => {});
    const logger = mockServices.logger.mock();
    const announcer = StoreAnnouncer.create({
      replica,
      bus,
      signals: { publish },
      events,
      stores,
      platformAdmins: ['group:default/platform'],
      enqueue: storeId => enqueued.push(storeId),
      logger,
    });
    await announcer.start();
    announcers.push(announcer);
    return { announcer, enqueued, logger, publish };
  }

  it('tells another replica of a request, which then looks at the store and wakes its readers', async () => {
    const other = await createTestDatabase('SQLITE_3');
    const one = await startReplica('one');
    const two = await startReplica('two', other);
    const wake = jest.spyOn(other.events, 'wake');

    const { store } = await database.stores.create(newStore());
    await one.announcer.stop();

    expect(bus.ids).toEqual(['replica-one', 'replica-two']);
    expect(bus.published).toEqual([
      {
        topic: 'stores',
        eventPayload: {
          replica: 'one',
          storeId: store.id,
          sequence: 1,
          types: ['requested'],
        },
      },
    ]);
    expect(two.enqueued).toEqual([store.id]);
    expect(wake).toHaveBeenCalledTimes(1);
    expect(one.enqueued).toEqual([]);
  });

  it("leaves the store alone when it was the other's loop that wrote", async () => {
    const { announcer } = await startReplica('one');
    const two = await startReplica('two', await createTestDatabase('SQLITE_3'));
    const { store } = await database.stores.create(newStore());
    await database.stores.transition({
      id: store.id,
      guard: { ...store },
      to: 'PROVISIONING',
      events: [{ type: 'provisioning-started', message: 'Begun' }],
    });
    await announcer.stop();
    expect(bus.published).toHaveLength(2);
    expect(two.enqueued).toEqual([store.id]);
  });

  it("signals the store's id to its owner and the platform's admins, and to nobody else", async () => {
    const { announcer, publish } = await startReplica('one');
    const { store } = await database.stores.create(
      newStore({ owner: 'group:default/toys' }),
    );
    await announcer.stop();
    expect(publish.mock.calls).toEqual([
      [
        {
          channel: 'stores',
          recipients: {
            type: 'user',
            entityRef: ['group:default/toys', 'group:default/platform'],
          },
          message: { storeId: store.id, sequence: 1 },
        },
      ],
    ]);
  });

  it('keeps what was committed when it can not be told, and tells the next again', async () => {
    const { announcer, logger, publish } = await startReplica('one');
    bus.broken = true;
    const { store } = await database.stores.create(newStore());
    await database.stores.get(store.id);
    bus.broken = false;
    await database.stores.create(newStore({ name: 'Books' }));
    await announcer.stop();
    expect(logger.warn).toHaveBeenCalledWith(
      expect.stringContaining('could not be announced'),
    );
    expect(await database.stores.get(store.id)).toBeDefined();
    expect(publish).toHaveBeenCalledTimes(1);
  });

  it.each([undefined, 'text', {}, { replica: 'x', storeId: 1 }])(
    'does nothing about a payload that is none: %j',
    async eventPayload => {
      const { enqueued } = await startReplica('one');
      await bus.publish({ topic: 'stores', eventPayload });
      expect(enqueued).toEqual([]);
    },
  );
});
