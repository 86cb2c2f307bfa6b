import {
  storeStates,
  storeTransitions,
  type StoreState,
} from '@storeyard/backstage-plugin-stores-common';
import { bringTo as bringStoreTo } from '../__testUtils__/bringTo';
import {
  clearTestDatabase,
  createTestDatabase,
  databases,
  newStore,
  type TestDatabase,
} from '../__testUtils__/testDatabase';
import { guardOf, type StoreRecord } from './StoreRecord';
import type { StoreRepair } from './StoreRepair';

jest.setTimeout(60_000);

describe.each(databases.eachSupportedId())(
  'DatabaseStoreRepository on %s',
  databaseId => {
    let database: TestDatabase;

    beforeAll(async () => {
      database = await createTestDatabase(databaseId);
    });

    beforeEach(() => clearTestDatabase(database));

    async function createStore(name = 'Toys & Games'): Promise<StoreRecord> {
      const { store } = await database.stores.create(newStore({ name }));
      return store;
    }

    const bringTo = (state: StoreState) => bringStoreTo(database, state);

    async function eventTypes(storeId: string): Promise<string[]> {
      const page = await database.events.read({
        storeId,
        after: 0,
        limit: 100,
      });
      return page.items.map(event => event.type);
    }

    describe('create', () => {
      it('keeps a store in REQUESTED with its event', async () => {
        const { store, created } = await database.stores.create(
          newStore({ name: 'Spielzeug Übersee', correlationId: 'c-1' }),
        );
        expect(created).toBe(true);
        expect(store).toEqual(await database.stores.get(store.id));
        expect(store).toMatchObject({
          name: 'Spielzeug Übersee',
          slug: 'spielzeug-ubersee',
          state: 'REQUESTED',
          namespace: `store-${store.id}`,
          parameters: { currency: 'eur' },
          conditions: [],
          generation: 1,
          observedGeneration: 0,
          attempt: 0,
          protected: false,
        });
        expect(store.id).toMatch(/^spielzeug-ubersee-[a-z0-9]{5}$/);
        expect(store.createdAt).toBeInstanceOf(Date);
        const { items } = await database.events.read({ after: 0, limit: 10 });
        expect(items).toEqual([
          expect.objectContaining({
            sequence: 1,
            storeId: store.id,
            type: 'requested',
            actor: 'user:default/ada',
            correlationId: 'c-1',
          }),
        ]);
      });

      it('refuses a name without a slug', async () => {
        await expect(createStore('日本')).rejects.toThrow(
          "name: '日本' must contain a latin letter or a digit",
        );
      });

      it('refuses a name whose slug is taken, and says by which store', async () => {
        const store = await createStore('Toys & Games');
        await expect(createStore('toys -- GAMES!')).rejects.toThrow(
          `name: 'toys -- GAMES!' is taken by store '${store.id}'`,
        );
      });

      it('keeps the name taken while deleting and frees it once deleted', async () => {
        const store = await createStore();
        const deleting = await database.stores.requestDeletion({
          id: store.id,
          actor: 'user:default/ada',
        });
        await expect(createStore()).rejects.toThrow(
          `is taken by store '${store.id}', which is being deleted`,
        );
        await database.stores.transition({
          id: store.id,
          guard: guardOf(deleting),
          to: 'DELETED',
          events: [],
        });
        const next = await createStore();
        expect(next.id).not.toBe(store.id);
      });

      it('answers the same key and request with the same store, also once that is DELETED', async () => {
        const request = newStore({ idempotency: { key: 'k', digest: 'd' } });
        const first = await database.stores.create(request);
        const second = await database.stores.create(request);
        expect(second).toEqual({ store: first.store, created: false });
        const deleting = await database.stores.requestDeletion({
          id: first.store.id,
          actor: 'user:default/ada',
        });
        await database.stores.transition({
          id: first.store.id,
          guard: guardOf(deleting),
          to: 'DELETED',
          events: [],
        });
        const third = await database.stores.create(request);
        expect(third.created).toBe(false);
        expect(third.store).toMatchObject({
          id: first.store.id,
          state: 'DELETED',
        });
      });

      it('refuses the same key for another request', async () => {
        const { store } = await database.stores.create(
          newStore({ idempotency: { key: 'k', digest: 'd' } }),
        );
        await expect(
          database.stores.create(
            newStore({
              name: 'Other',
              idempotency: { key: 'k', digest: 'other' },
            }),
          ),
        ).rejects.toThrow(
          `the Idempotency-Key 'k' was used for another request, which made store '${store.id}'`,
        );
      });

      it("keeps one caller's keys apart from another's", async () => {
        const idempotency = { key: 'k', digest: 'd' };
        await database.stores.create(newStore({ idempotency }));
        const { created } = await database.stores.create(
          newStore({
            name: 'Other',
            createdBy: 'user:default/bob',
            idempotency,
          }),
        );
        expect(created).toBe(true);
      });

      it('makes one store of many requests for one name at once', async () => {
        const outcomes = await Promise.allSettled(
          Array.from({ length: 8 }, () => createStore('Same name')),
        );
        const made = outcomes.filter(({ status }) => status === 'fulfilled');
        const refused = outcomes.filter(({ status }) => status === 'rejected');
        expect(made).toHaveLength(1);
        expect(refused).toHaveLength(7);
        for (const outcome of refused) {
          expect((outcome as PromiseRejectedResult).reason.name).toBe(
            'ConflictError',
          );
        }
        const { items } = await database.stores.list({ limit: 10 });
        expect(items).toHaveLength(1);
        expect(await eventTypes(items[0]!.id)).toEqual(['requested']);
      });

      it('makes one store of one request that is sent many times at once', async () => {
        const request = newStore({ idempotency: { key: 'k', digest: 'd' } });
        const results = await Promise.all(
          Array.from({ length: 8 }, () => database.stores.create(request)),
        );
        expect(new Set(results.map(({ store }) => store.id)).size).toBe(1);
        expect(results.filter(({ created }) => created)).toHaveLength(1);
      });
    });

    describe('transition', () => {
      const moves = storeStates.flatMap(from =>
        storeStates.map(to => [from, to] as const),
      );

      async function attempt(from: StoreState, to: StoreState) {
        const store = await bringTo(from);
        const before = await eventTypes(store.id);
        const outcome = await database.stores
          .transition({
            id: store.id,
            guard: guardOf(store),
            to,
            events: [{ type: 'repaired', message: 'moved' }],
          })
          .catch((error: Error) => error);
        const after = await eventTypes(store.id);
        return { store, outcome, events: after.slice(before.length) };
      }

      it.each(
        moves.filter(([from, to]) => storeTransitions[from].includes(to)),
      )('goes from %s to %s', async (from, to) => {
        const { outcome, events } = await attempt(from, to);
        expect(outcome).toMatchObject({ state: to });
        expect(events).toEqual(['repaired']);
      });

      it.each(
        moves.filter(([from, to]) => !storeTransitions[from].includes(to)),
      )('refuses to go from %s to %s', async (from, to) => {
        const { store, outcome, events } = await attempt(from, to);
        expect(outcome).toMatchObject({
          name: 'ConflictError',
          message: `store '${store.id}' can't go from '${from}' to '${to}'`,
        });
        expect(await database.stores.get(store.id)).toEqual(store);
        expect(events).toEqual([]);
      });

      it('refuses a stale guard with what was expected and what was found', async () => {
        const store = await createStore();
        const stale = guardOf(store);
        await database.stores.transition({
          id: store.id,
          guard: stale,
          to: 'PROVISIONING',
          events: [],
        });
        await expect(
          database.stores.transition({
            id: store.id,
            guard: stale,
            to: 'PROVISIONING',
            events: [{ type: 'provisioning-started', message: 'twice' }],
          }),
        ).rejects.toMatchObject({
          name: 'ConflictError',
          message: `store '${store.id}' is 'PROVISIONING' at lease epoch 0 and request 0, expected 'REQUESTED' at lease epoch 0 and request 0`,
        });
        expect(await eventTypes(store.id)).toEqual(['requested']);
      });

      it("refuses a loop's write after a person's request", async () => {
        const store = await bringTo('READY');
        await database.stores.requestDeletion({
          id: store.id,
          actor: 'user:default/ada',
        });
        await expect(
          database.stores.transition({
            id: store.id,
            guard: guardOf(store),
            to: 'DEGRADED',
            events: [],
          }),
        ).rejects.toThrow(
          `store '${store.id}' is 'DELETING' at lease epoch 0 and request 1, expected 'READY' at lease epoch 0 and request 0`,
        );
      });

      it('lets one of many writers with the same guard win', async () => {
        const store = await bringTo('PROVISIONING');
        const outcomes = await Promise.allSettled(
          Array.from({ length: 6 }, (_, index) =>
            database.stores.transition({
              id: store.id,
              guard: guardOf(store),
              to: index % 2 === 0 ? 'READY' : 'FAILED',
              events: [{ type: 'repaired', message: `writer ${index}` }],
            }),
          ),
        );
        expect(
          outcomes.filter(({ status }) => status === 'fulfilled'),
        ).toHaveLength(1);
        expect(await eventTypes(store.id)).toEqual(['requested', 'repaired']);
      });

      it('says that there is no such store', async () => {
        await expect(
          database.stores.transition({
            id: 'none',
            guard: { state: 'READY', leaseEpoch: 0, requestSeq: 0 },
            to: 'DEGRADED',
            events: [],
          }),
        ).rejects.toMatchObject({
          name: 'NotFoundError',
          message: "no store 'none'",
        });
      });

      it('notes when a store was deleted', async () => {
        const store = await bringTo('DELETED');
        expect(store.deletedAt).toBeInstanceOf(Date);
      });
    });

    describe('patch', () => {
      const repair: StoreRepair = {
        object: {
          apiVersion: 'v1',
          kind: 'Service',
          metadata: { name: 'medusa-api', namespace: 'store-toys' },
        },
        type: 'changed',
        path: ['f:spec', 'f:ports'],
        message: 'changed',
        times: ['2030-01-02T03:04:05.678Z'],
        untold: true,
      };

      it('changes and clears what it names, and leaves the rest', async () => {
        const store = await bringTo('PROVISIONING');
        const nextAttemptAt = new Date('2030-01-02T03:04:05.678Z');
        const patched = await database.stores.patch({
          id: store.id,
          guard: guardOf(store),
          patch: {
            reason: 'ImagePullFailed',
            message: 'no such tag',
            attempt: 2,
            nextAttemptAt,
            conditions: [
              {
                type: 'Applied',
                status: 'True',
                observedGeneration: 1,
                lastTransitionTime: '2030-01-02T03:04:05.678Z',
              },
            ],
            repairs: [repair],
          },
          events: [{ type: 'attempt-failed', message: 'no such tag' }],
        });
        expect(patched).toMatchObject({
          state: 'PROVISIONING',
          reason: 'ImagePullFailed',
          message: 'no such tag',
          attempt: 2,
          nextAttemptAt,
          repairs: [repair],
        });
        const cleared = await database.stores.patch({
          id: store.id,
          guard: guardOf(patched),
          patch: {
            reason: undefined,
            nextAttemptAt: undefined,
            repairs: undefined,
          },
        });
        expect(cleared.reason).toBeUndefined();
        expect(cleared.nextAttemptAt).toBeUndefined();
        expect(cleared.repairs).toBeUndefined();
        expect(cleared).toMatchObject({ message: 'no such tag', attempt: 2 });
        expect(cleared.conditions).toEqual(patched.conditions);
      });

      it.each([
        { state: 'READY' },
        { leaseEpoch: 7 },
        { requestSeq: 7 },
      ] as const)('refuses a guard with another %j', async stale => {
        const store = await bringTo('PROVISIONING');
        const guard = { ...guardOf(store), ...stale };
        await expect(
          database.stores.patch({ id: store.id, guard, patch: { attempt: 1 } }),
        ).rejects.toMatchObject({ name: 'ConflictError' });
        await expect(
          database.stores.transition({
            id: store.id,
            guard,
            to: 'DELETING',
            events: [],
          }),
        ).rejects.toMatchObject({ name: 'ConflictError' });
        expect(await database.stores.get(store.id)).toEqual(store);
      });
    });

    describe('requestDeletion', () => {
      it.each([
        'REQUESTED',
        'PROVISIONING',
        'READY',
        'DEGRADED',
        'FAILED',
      ] as const)('moves a store that is %s to DELETING, once', async state => {
        const store = await bringTo(state);
        const request = {
          id: store.id,
          actor: 'user:default/ada',
          correlationId: 'c-2',
        };
        const deleting = await database.stores.requestDeletion(request);
        expect(deleting).toMatchObject({
          state: 'DELETING',
          requestSeq: store.requestSeq + 1,
          reason: undefined,
        });
        expect(await database.stores.requestDeletion(request)).toEqual(
          deleting,
        );
        const { items } = await database.events.read({
          storeId: store.id,
          after: 0,
          limit: 10,
        });
        expect(items.slice(1)).toEqual([
          expect.objectContaining({
            type: 'deletion-requested',
            actor: 'user:default/ada',
            correlationId: 'c-2',
          }),
        ]);
      });

      it('leaves a DELETED store as it is', async () => {
        const store = await bringTo('DELETED');
        expect(
          await database.stores.requestDeletion({ id: store.id, actor: 'x' }),
        ).toEqual(store);
      });

      it('refuses a protected store', async () => {
        const { store } = await database.stores.create(
          newStore({ protected: true }),
        );
        await expect(
          database.stores.requestDeletion({ id: store.id, actor: 'x' }),
        ).rejects.toMatchObject({
          name: 'ConflictError',
          message: expect.stringContaining(`store '${store.id}' is protected`),
        });
        expect(await database.stores.get(store.id)).toEqual(store);
      });

      it('makes one deletion of many at once', async () => {
        const store = await bringTo('READY');
        const results = await Promise.all(
          Array.from({ length: 6 }, () =>
            database.stores.requestDeletion({ id: store.id, actor: 'x' }),
          ),
        );
        expect(new Set(results.map(({ requestSeq }) => requestSeq))).toEqual(
          new Set([1]),
        );
        expect(await eventTypes(store.id)).toEqual([
          'requested',
          'deletion-requested',
        ]);
      });
    });

    describe('listUnfinished', () => {
      it('names all but the DELETED ones', async () => {
        const expected: string[] = [];
        for (const state of storeStates) {
          const store = await bringTo(state);
          if (state !== 'DELETED') {
            expected.push(store.id);
          }
        }
        expect((await database.stores.listUnfinished()).sort()).toEqual(
          expected.sort(),
        );
      });
    });

    describe('listDue', () => {
      it('names those whose next attempt is due or whose pause is over', async () => {
        const now = new Date();
        const [past, future] = [-1000, 60_000].map(
          offset => new Date(now.getTime() + offset),
        );
        const due = async (name: string, columns: object) => {
          const { id } = await createStore(name);
          await database.knex('stores').where({ id }).update(columns);
          return id;
        };
        const retry = await due('retry', { next_attempt_at: past });
        const pause = await due('pause', { paused_until: past });
        await due('later', { next_attempt_at: future, paused_until: future });
        await due('never', { attempt: 1 });
        await due('gone', { next_attempt_at: past, state: 'DELETED' });
        expect((await database.stores.listDue(now)).sort()).toEqual(
          [retry, pause].sort(),
        );
      });
    });

    describe('the first READY', () => {
      it('is noted once and for all, and ends the request that led to it', async () => {
        const requested = await createStore();
        expect(requested.requestActor).toBe('user:default/ada');
        const provisioning = await database.stores.transition({
          id: requested.id,
          guard: guardOf(requested),
          to: 'PROVISIONING',
          events: [{ type: 'provisioning-started', message: 'm' }],
        });
        const ready = await database.stores.transition({
          id: requested.id,
          guard: guardOf(provisioning),
          to: 'READY',
          events: [{ type: 'ready', message: 'm' }],
        });
        expect(ready.firstReadyAt).toBeInstanceOf(Date);
        expect(ready.requestActor).toBeUndefined();
        const degraded = await database.stores.transition({
          id: requested.id,
          guard: guardOf(ready),
          to: 'DEGRADED',
          events: [{ type: 'degraded', message: 'm' }],
        });
        const again = await database.stores.transition({
          id: requested.id,
          guard: guardOf(degraded),
          to: 'READY',
          events: [],
        });
        expect(again.firstReadyAt).toEqual(ready.firstReadyAt);
        const { items } = await database.events.read({ after: 0, limit: 10 });
        expect(items.map(({ type, actor }) => [type, actor])).toEqual([
          ['requested', 'user:default/ada'],
          ['provisioning-started', 'user:default/ada'],
          ['ready', 'user:default/ada'],
          ['degraded', undefined],
        ]);
      });
    });

    describe('list', () => {
      async function names(
        options: Parameters<TestDatabase['stores']['list']>[0],
      ) {
        const { items } = await database.stores.list(options);
        return items.map(({ name }) => name);
      }

      it.each(['-createdAt', 'createdAt', 'name', '-name'] as const)(
        'pages in the order %s without gaps or repeats, whatever is created meanwhile',
        async order => {
          const created = ['Delta', 'Alpha', 'Charlie', 'Bravo', 'Echo'];
          for (const [index, name] of created.entries()) {
            const { id } = await createStore(name);
            await database
              .knex('stores')
              .where({ id })
              .update({
                created_at: new Date(1_000 + index),
              });
          }
          const seen: string[] = [];
          let cursor: string | undefined;
          do {
            const page = await database.stores.list({
              order,
              cursor,
              limit: 2,
            });
            seen.push(...page.items.map(({ name }) => name));
            cursor = page.nextCursor;
            if (seen.length === 2) {
              await createStore(order === 'name' ? 'Aaa' : 'Zzz');
            }
          } while (cursor !== undefined);
          const expected = {
            '-createdAt': [...created].reverse(),
            createdAt: [...created, 'Zzz'],
            name: [...created].sort(),
            '-name': [...created].sort().reverse(),
          }[order];
          expect(seen).toEqual(expected);
        },
      );

      it('pages through stores of one moment', async () => {
        for (const name of ['a', 'b', 'c', 'd', 'e']) {
          await createStore(name);
        }
        await database.knex('stores').update({ created_at: new Date(0) });
        const seen = new Set<string>();
        let cursor: string | undefined;
        do {
          const page = await database.stores.list({ cursor, limit: 2 });
          page.items.forEach(({ id }) => seen.add(id));
          cursor = page.nextCursor;
        } while (cursor !== undefined);
        expect(seen.size).toBe(5);
      });

      it('filters by state, owner, engine and a part of the name', async () => {
        await bringTo('READY');
        await bringTo('DELETED');
        await database.stores.create(
          newStore({ name: '100% Übersee_X', owner: 'user:default/ada' }),
        );
        expect((await names({ limit: 10 })).sort()).toEqual([
          '100% Übersee_X',
          'Store READY',
        ]);
        expect(await names({ limit: 10, states: ['DELETED'] })).toEqual([
          'Store DELETED',
        ]);
        expect(await names({ limit: 10, owner: 'user:default/ada' })).toEqual([
          '100% Übersee_X',
        ]);
        expect(await names({ limit: 10, engine: 'other' })).toEqual([]);
        expect(await names({ limit: 10, query: 'übersee' })).toEqual([
          '100% Übersee_X',
        ]);
        expect(await names({ limit: 10, query: '0% ' })).toEqual([
          '100% Übersee_X',
        ]);
        expect(await names({ limit: 10, query: '%' })).toEqual([
          '100% Übersee_X',
        ]);
        expect(await names({ limit: 10, query: "' OR 1=1 --" })).toEqual([]);
      });

      it.each([
        'nonsense',
        'bnVsbA',
        Buffer.from('["name","a","b"]').toString('base64url'),
      ])('refuses the cursor %s', async cursor => {
        await expect(
          database.stores.list({ limit: 10, cursor }),
        ).rejects.toMatchObject({ name: 'InputError' });
      });
    });

    describe('generations', () => {
      it('keeps the first that was saved', async () => {
        const store = await createStore();
        const generation = {
          storeId: store.id,
          generation: 1,
          plan: 'small',
          parameters: {},
          chartVersion: '0.1.0',
          imageVersion: '2.18.0',
          values: { store: { id: store.id } },
          objects: [{ kind: 'Service', metadata: { name: 'medusa-api' } }],
        };
        expect(
          await database.stores.getGeneration(store.id, 1),
        ).toBeUndefined();
        expect(await database.stores.saveGeneration(generation)).toEqual(
          generation,
        );
        expect(
          await database.stores.saveGeneration({ ...generation, objects: [] }),
        ).toEqual(generation);
        await database.stores.markReleaseRecorded(store.id, 1);
        const first = await database.stores.getGeneration(store.id, 1);
        expect(first!.releaseRecordedAt).toBeInstanceOf(Date);
        await database.stores.markReleaseRecorded(store.id, 1);
        expect(await database.stores.getGeneration(store.id, 1)).toEqual(first);
      });

      const generationOf = (storeId: string, generation = 1) => ({
        storeId,
        generation,
        plan: 'small',
        parameters: {},
        chartVersion: '0.1.0',
        imageVersion: '2.18.0',
        values: {},
        objects: [],
      });

      it('are listed from the oldest, with what the API server answered', async () => {
        const store = await createStore();
        const answers = [{ kind: 'Service', spec: { clusterIP: '10.0.0.1' } }];
        for (const generation of [2, 10, 1]) {
          await database.stores.saveGeneration(
            generationOf(store.id, generation),
          );
        }
        await database.stores.saveAnswers(store.id, 10, answers);
        expect(await database.stores.listGenerations(store.id)).toEqual([
          generationOf(store.id, 1),
          generationOf(store.id, 2),
          { ...generationOf(store.id, 10), answers },
        ]);
        expect(await database.stores.listGenerations('none')).toEqual([]);
      });

      it('are written only by the holder of the lease', async () => {
        const store = await createStore();
        const guard = guardOf(store);
        await database.stores.saveGeneration(generationOf(store.id), guard);
        await database.knex('stores').update({ lease_epoch: 3 });
        const late: Promise<unknown>[] = [
          database.stores.saveGeneration(generationOf(store.id, 2), guard),
          database.stores.saveAnswers(store.id, 1, [{}], guard),
          database.stores.markReleaseRecorded(store.id, 1, guard),
        ];
        for (const write of late) {
          await expect(write).rejects.toMatchObject({
            name: 'ConflictError',
            message: `store '${store.id}' is at lease epoch 3, expected 0`,
          });
        }
        expect(await database.stores.listGenerations(store.id)).toEqual([
          generationOf(store.id),
        ]);
      });

      it('say that one is not there', async () => {
        await expect(
          database.stores.saveAnswers('none', 1, []),
        ).rejects.toThrow("store 'none' has no generation 1");
        await expect(
          database.stores.markReleaseRecorded('none', 1),
        ).rejects.toThrow("store 'none' has no generation 1");
      });
    });
  },
);
