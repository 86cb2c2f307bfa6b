import type { StoreRecord } from '../database/StoreRecord';
import { CREATION, DELETION, inUsualOrder } from './__testUtils__/eventOrder';
import { reference } from './__testUtils__/reference';
import { Replicas, type Replica } from './__testUtils__/Replicas';
import { TestCluster } from './__testUtils__/TestCluster';
import { waitFor } from './__testUtils__/waitFor';

jest.setTimeout(300_000);

/** Each once; Helm may still be about to record the release. */
const MAKING = CREATION.filter(type => type !== 'release-recorded');

/** Over both together. */
const CONCURRENT_BOOTS = 4;

const TRANSITIONS = [...MAKING, 'failed', 'degraded', 'recovered'];

describe('two replicas', () => {
  let cluster: TestCluster;

  beforeAll(async () => {
    cluster = await TestCluster.start();
  });

  afterAll(async () => {
    await cluster?.stop();
  });

  /** Two that all tests of a group share: a process costs seconds. */
  function useReplicas(leaseSeconds: number): () => Replicas {
    let replicas: Replicas;

    beforeAll(async () => {
      replicas = await Replicas.start(cluster, {
        count: 2,
        leaseSeconds,
        concurrentBoots: CONCURRENT_BOOTS,
      });
    });

    afterAll(async () => {
      await replicas?.stop();
    });

    return () => replicas;
  }

  function makingOf(types: string[]): string[] {
    return inUsualOrder(types.filter(type => MAKING.includes(type)));
  }

  /** A person's request that makes generation 2. */
  async function requestLarge(running: Replicas, id: string): Promise<void> {
    await running.stores.requestUpgrade({
      id,
      actor: 'user:default/ada',
      plan: 'large',
    });
  }

  const isUpgraded = ({ state, observedGeneration }: StoreRecord): boolean =>
    state === 'READY' && observedGeneration === 2;

  /** A store that one replica is applying, when it is stopped in mid-request and the other has taken over. */
  async function stopInMidApply(
    running: Replicas,
    name: string,
    upgrade: boolean,
  ) {
    const { id, namespace } = await running.request({ name });
    const isPatch = (request: string) =>
      request.startsWith('PATCH') && request.includes(`${namespace}/`);
    const catchIn = (replica: Replica) =>
      replica.api.held
        .next(
          (request, body) =>
            isPatch(request) &&
            request.includes('/services/medusa-api') &&
            (!upgrade || body.includes('"uid"')),
        )
        .then(held => ({ held, holder: replica }));
    if (upgrade) {
      await running.until(id, ({ state }) => state === 'READY');
    }
    const catching = Promise.race(running.all.map(catchIn));
    if (upgrade) {
      await requestLarge(running, id);
    }
    const { held, holder } = await catching;
    // The other replica is not to be caught too.
    running.all.forEach(replica => replica.api.held.none());
    holder.process.pause();
    await running.until(
      id,
      ({ leaseOwner }) => !holder.process.isHolder(leaseOwner),
    );
    return { id, namespace, held, holder };
  }

  const service = (namespace: string) =>
    cluster.find('Service', 'medusa-api', namespace);

  const summary = async (running: Replicas, id: string) => {
    const record = await running.get(id);
    const { state, generation, observedGeneration, requestSeq } = record;
    const { leaseEpoch, leaseOwner } = record;
    const types = (await running.events(id)).map(({ type }) => type);
    return {
      ...{ state, generation, observedGeneration, requestSeq },
      ...{ leaseEpoch, leaseOwner },
      transitions: types.filter(type => TRANSITIONS.includes(type)),
    };
  };

  /** The stopped replica lives again, and what it believes changes nothing. */
  async function resumeAndCompare(
    running: Replicas,
    id: string,
    holder: Replica,
  ) {
    const before = await summary(running, id);
    const said = holder.process.output.length;
    holder.process.resume();
    await waitFor(
      async () =>
        /session '[^']+' .*lost/.test(holder.process.output.slice(said)),
      async () => running.logs(),
    );
    await waitFor(
      async () =>
        (
          await running.database.knex('store_replicas').pluck('holder')
        ).some(each => holder.process.isHolder(each)),
      async () => running.logs(),
    );
    expect(await summary(running, id)).toEqual(before);
  }

  describe('with leases of eight seconds', () => {
    const replicas = useReplicas(8);

    it('share 30 stores, and one finishes all of them when the other is killed', async () => {
      const running = replicas();
      const seen: number[] = [];
      let mostBooting = 0;
      const reader = new AbortController();
      const reading = (async () => {
        let after = 0;
        while (!reader.signal.aborted) {
          const page = await running.database.events.waitForEvents({
            after,
            limit: 50,
            timeoutMilliseconds: 1_000,
            signal: reader.signal,
          });
          seen.push(...page.items.map(({ sequence }) => sequence));
          after = page.cursor;
          const { booting } = await running.stores.bootQueue();
          mostBooting = Math.max(mostBooting, booting.length);
        }
      })();
      const ids: string[] = [];
      for (let index = 1; index <= 30; index++) {
        ids.push((await running.request({ name: `Shop ${index}` })).id);
      }
      const owners = async () => {
        const records = await Promise.all(ids.map(id => running.get(id)));
        return running.all.map(
          ({ process }) =>
            records.filter(({ leaseOwner }) => process.isHolder(leaseOwner))
              .length,
        );
      };
      const states = async () =>
        (await Promise.all(ids.map(id => running.get(id)))).map(
          ({ state }) => state,
        );
      await waitFor(
        async () =>
          (await states()).filter(state => state === 'READY').length >= 4 &&
          Math.min(...(await owners())) > 0,
        async () => [await owners(), await states(), running.logs()],
      );
      const shares = await owners();
      const [victim] = running.all as [Replica];
      const orphans = (
        await Promise.all(ids.map(id => running.get(id)))
      ).filter(({ leaseOwner }) => victim.process.isHolder(leaseOwner));
      await victim.process.kill();
      const killedAt = Date.now();
      expect((await states()).filter(state => state !== 'READY')).not.toEqual(
        [],
      );
      await waitFor(
        async () =>
          (
            await Promise.all(orphans.map(({ id }) => running.get(id)))
          ).every(({ leaseOwner }) => !victim.process.isHolder(leaseOwner)),
        async () => running.logs(),
      );
      const takenOverAfter = (Date.now() - killedAt) / 1000;
      await waitFor(
        async () => (await states()).every(state => state === 'READY'),
        async () => [await states(), running.logs()],
        180_000,
      );
      process.stdout.write(
        `shares ${shares.join(' and ')} of 30; the ${
          orphans.length
        } stores of the killed one were taken over after ${takenOverAfter} s, all READY after ${
          (Date.now() - killedAt) / 1000
        } s\n`,
      );
      for (const id of ids) {
        const types = (await running.events(id)).map(({ type }) => type);
        expect(makingOf(types)).toEqual(MAKING);
        expect(
          types.filter(type => type === 'release-recorded').length,
        ).toBeLessThanOrEqual(1);
      }
      expect(mostBooting).toBeGreaterThan(1);
      expect(mostBooting).toBeLessThanOrEqual(CONCURRENT_BOOTS);
      const all = (await running.events()).map(({ sequence }) => sequence);
      await waitFor(
        async () => seen.length >= all.length,
        async () => [seen.length, all.length],
      );
      reader.abort();
      await reading;
      const total = Math.max(...seen);
      expect(seen).toEqual(Array.from({ length: total }, (_, at) => at + 1));
    });
  });

  describe('with leases of four seconds', () => {
    const replicas = useReplicas(4);

    it('the late apply of a stopped one is refused by the policy, once the other has finished generation 2', async () => {
      const running = replicas();
      const { id, namespace, held, holder } = await stopInMidApply(
        running,
        'Older generation',
        false,
      );
      await running.until(id, ({ state }) => state === 'READY');
      await requestLarge(running, id);
      await running.until(id, isUpgraded);
      const before = await service(namespace);
      const answer = await held.release();
      expect(answer.status).toBe(403);
      expect(answer.body).toContain('older generation');
      expect(await service(namespace)).toEqual(before);
      await resumeAndCompare(running, id, holder);
    });

    it('the late apply of a stopped one brings back nothing that is gone', async () => {
      const running = replicas();
      const { id, namespace, held, holder } = await stopInMidApply(
        running,
        'Gone object',
        true,
      );
      await running.until(id, isUpgraded);
      await running.stores.requestPause({
        id,
        actor: 'user:default/ada',
        until: new Date(Date.now() + 3_600_000),
        reason: 'an object is to be gone',
      });
      await cluster.admin.delete(reference('Service', 'medusa-api', namespace));
      await waitFor(
        async () => (await service(namespace)) === undefined,
        () => service(namespace),
      );
      const answer = await held.release();
      expect(answer.status).toBe(409);
      expect(answer.body).toContain('no existing object was found');
      expect(await service(namespace)).toBeUndefined();
      await resumeAndCompare(running, id, holder);
    });

    it('the late write of a stopped one is refused by the database', async () => {
      const running = replicas();
      const { id } = await running.request({ name: 'Older epoch' });
      // So that state and request stay what the late write names: only the epoch speaks against it.
      cluster.ingress.refuse(id);
      const { held, holder } = await Promise.race(
        running.all.map(replica =>
          replica.sql
            .next(
              statement =>
                statement.includes('update "stores"') &&
                statement.includes('"conditions"') &&
                statement.includes(id),
            )
            .then(statement => ({ held: statement, holder: replica })),
        ),
      );
      running.all.forEach(replica => replica.sql.none());
      holder.process.pause();
      await running.until(
        id,
        ({ leaseOwner }) => !holder.process.isHolder(leaseOwner),
      );
      await waitFor(
        async () =>
          (await running.events(id)).some(({ type }) => type === 'applied'),
        async () => running.logs(),
      );
      expect(await running.get(id)).toMatchObject({
        state: 'PROVISIONING',
        requestSeq: 0,
        leaseEpoch: 2,
      });
      // A command tag: no row was changed.
      expect(await held.release()).toContain('UPDATE 0');
      cluster.ingress.serve(id);
      await running.until(id, ({ state }) => state === 'READY');
      await requestLarge(running, id);
      await running.until(id, isUpgraded);
      await resumeAndCompare(running, id, holder);
      const types = (await running.events(id)).map(({ type }) => type);
      expect(makingOf(types.slice(0, types.indexOf('ready') + 1))).toEqual(
        MAKING,
      );
    });

    it('one finishes the deletions that the other had begun when it was killed', async () => {
      const running = replicas();
      const ids: string[] = [];
      for (let index = 1; index <= 6; index++) {
        ids.push((await running.request({ name: `Short ${index}` })).id);
      }
      for (const id of ids) {
        await running.until(id, ({ state }) => state === 'READY');
      }
      for (const id of ids) {
        await running.stores.requestDeletion({ id, actor: 'user:default/ada' });
      }
      const types = async (id: string) =>
        (await running.events(id)).map(({ type }) => type);
      const begun = await waitFor(
        async () => {
          for (const id of ids) {
            if ((await types(id)).includes('workloads-deleted')) return id;
          }
          return undefined;
        },
        async () => running.logs(),
      );
      const { holder } = await running.split(begun);
      await holder.process.kill();
      for (const id of ids) {
        const { namespace } = await running.until(
          id,
          ({ state }) => state === 'DELETED',
        );
        expect(
          (await types(id)).filter(type => DELETION.includes(type)),
        ).toEqual(DELETION);
        expect(await cluster.namespace(namespace)).toBeUndefined();
      }
    });
  });
});
