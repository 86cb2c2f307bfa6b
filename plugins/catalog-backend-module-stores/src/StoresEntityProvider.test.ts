import { mockServices } from '@backstage/backend-test-utils';
import { stringifyEntityRef } from '@backstage/catalog-model';
import type {
  EntityProviderConnection,
  EntityProviderMutation,
} from '@backstage/plugin-catalog-node';
import type { StoreState } from '@storeyard/backstage-plugin-stores-common';
import { DefaultStoresService } from '@storeyard/backstage-plugin-stores-node';
import { StandInStores } from './__testUtils__/StandInStores';
import { StoresEntityProvider } from './StoresEntityProvider';

/** A catalog that keeps what it is told. */
class Catalog implements EntityProviderConnection {
  readonly entities = new Map<string, string>();
  readonly mutations: string[] = [];

  async applyMutation(mutation: EntityProviderMutation): Promise<void> {
    this.mutations.push(mutation.type);
    if (mutation.type === 'full') {
      this.entities.clear();
    } else {
      for (const each of mutation.removed) {
        this.entities.delete(
          'entityRef' in each
            ? each.entityRef
            : stringifyEntityRef(each.entity),
        );
      }
    }
    const added = mutation.type === 'full' ? mutation.entities : mutation.added;
    for (const { entity } of added) {
      this.entities.set(
        stringifyEntityRef(entity),
        String(entity.spec?.lifecycle ?? ''),
      );
    }
  }

  async refresh(): Promise<void> {}

  /** The ids of the stores that it shows, sorted. */
  get stores(): string[] {
    return [...this.entities.keys()]
      .filter(ref => ref.startsWith('component:'))
      .map(ref => ref.split('/')[1]!)
      .sort();
  }
}

describe('StoresEntityProvider', () => {
  let stores: StandInStores;
  let catalog: Catalog;
  let publish: (eventPayload: unknown) => Promise<void>;
  let provider: StoresEntityProvider;
  let scheduledSync: () => Promise<void>;
  const logger = mockServices.logger.mock();

  beforeEach(async () => {
    stores = new StandInStores();
    catalog = new Catalog();
    const baseUrl = await stores.start();
    const events = mockServices.events();
    publish = eventPayload => events.publish({ topic: 'stores', eventPayload });
    const auth = mockServices.auth();
    provider = StoresEntityProvider.create({
      auth,
      events,
      logger,
      pagesUrl: 'http://localhost:7007/stores',
      runner: {
        run: async ({ fn }) => {
          scheduledSync = async () => fn(new AbortController().signal);
        },
      },
      stores: DefaultStoresService.create({
        auth,
        discovery: mockServices.discovery.mock({
          getBaseUrl: async () => baseUrl,
        }),
      }),
      retries: { attempts: 3, milliseconds: 1 },
    });
    await provider.connect(catalog);
  });

  afterEach(async () => {
    jest.clearAllMocks();
    await stores.stop();
  });

  async function until(condition: () => boolean): Promise<void> {
    const deadline = Date.now() + 50_000;
    while (!condition()) {
      if (Date.now() > deadline) {
        throw new Error(`Not in time; mutations: ${catalog.mutations}`);
      }
      await new Promise<void>(resolve => setImmediate(resolve));
    }
  }

  it('shows all pages of stores after a full sync, each with its database', async () => {
    ['a-00000', 'b-00000', 'c-00000'].forEach(id => stores.set(id));
    await scheduledSync();
    expect(catalog.stores).toEqual(['a-00000', 'b-00000', 'c-00000']);
    expect(catalog.entities.has('resource:default/b-00000-postgres')).toBe(
      true,
    );
    expect(catalog.mutations).toEqual(['full']);
  });

  it('shows a store that an event names, and asks for that one only', async () => {
    stores.set('a-00000');
    stores.set('b-00000');
    await publish({ replica: 'x', storeId: 'b-00000', sequence: 1, types: [] });
    await until(() => catalog.mutations.length === 1);
    expect(catalog.stores).toEqual(['b-00000']);
    expect(stores.calls).toEqual(['/b-00000']);
  });

  it('follows a store through its life to its end', async () => {
    const lifecycleIn = async (state: StoreState) => {
      const before = catalog.mutations.length;
      stores.setState('a-00000', state);
      await publish({ storeId: 'a-00000' });
      await until(() => catalog.mutations.length > before);
      return catalog.entities.get('component:default/a-00000');
    };
    const lifecycles = [
      await lifecycleIn('REQUESTED'),
      await lifecycleIn('READY'),
      await lifecycleIn('DELETING'),
      await lifecycleIn('DELETED'),
    ];
    expect(lifecycles).toEqual([
      'experimental',
      'production',
      'deprecated',
      undefined,
    ]);
    expect(catalog.entities.size).toBe(0);
  });

  it('removes a store whose record is gone too', async () => {
    stores.set('a-00000');
    await scheduledSync();
    stores.stores.delete('a-00000');
    await publish({ storeId: 'a-00000' });
    await until(() => catalog.mutations.length > 1);
    expect(catalog.entities.size).toBe(0);
  });

  it('finds by the full sync what no event told of', async () => {
    stores.set('a-00000');
    stores.set('b-00000');
    await scheduledSync();
    stores.setState('a-00000', 'DELETED');
    stores.set('c-00000');
    await scheduledSync();
    expect(catalog.stores).toEqual(['b-00000', 'c-00000']);
  });

  it('keeps a store that an event told of while all stores were being listed', async () => {
    stores.set('a-00000');
    let listings = 0;
    stores.beforeList = async () => {
      listings += 1;
      if (listings === 1) {
        // Another replica shows it after we listed; our full mutation takes it away again.
        stores.beforeList = async () => {
          stores.set('b-00000');
          stores.beforeList = async () => {};
        };
      }
    };
    await scheduledSync();
    expect(catalog.stores).toEqual(['a-00000', 'b-00000']);
    expect(catalog.mutations).toEqual(['full', 'full']);
  });

  it('rereads a store at most twice for many events at once', async () => {
    stores.set('a-00000');
    await Promise.all(
      Array.from({ length: 20 }, () => publish({ storeId: 'a-00000' })),
    );
    // Whatever was heard is worked on before that.
    await scheduledSync();
    const rereads = stores.calls.filter(path => path === '/a-00000');
    // One that has begun may read what was before the rest.
    expect([1, 2]).toContain(rereads.length);
  });

  it('asks again while the stores plugin is starting', async () => {
    stores.set('a-00000');
    stores.failures = 2;
    await publish({ storeId: 'a-00000' });
    await until(() => catalog.stores.length === 1);
    expect(stores.calls).toHaveLength(3);
  });

  it('leaves a store that stays unreadable to the next full sync, and goes on with the others', async () => {
    stores.set('a-00000');
    stores.set('b-00000');
    stores.failures = 3;
    await publish({ storeId: 'a-00000' });
    await until(() => logger.warn.mock.calls.length > 0);
    expect(logger.warn).toHaveBeenCalledWith(
      expect.stringContaining("store 'a-00000'"),
    );
    await publish({ storeId: 'b-00000' });
    await until(() => catalog.stores.length === 1);
    await scheduledSync();
    expect(catalog.stores).toEqual(['a-00000', 'b-00000']);
  });

  it('changes nothing when the stores can not be listed', async () => {
    stores.set('a-00000');
    await scheduledSync();
    stores.failures = 3;
    await expect(scheduledSync()).rejects.toThrow('503');
    expect(catalog.stores).toEqual(['a-00000']);
  });

  it.each([undefined, 'text', {}, { storeId: 1 }, { storeId: '../names' }])(
    'does nothing about a payload that is none: %j',
    async payload => {
      await publish(payload);
      stores.set('a-00000');
      await scheduledSync();
      expect(stores.calls).toEqual(['/', '/']);
    },
  );
});
