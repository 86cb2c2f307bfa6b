import { Portal } from './__testUtils__/Portal';
import { readyStatus } from './__testUtils__/StandInNode';
import { TestCluster } from './__testUtils__/TestCluster';
import { waitFor } from './__testUtils__/waitFor';
import type { StoreStep } from './StoreStep';

jest.setTimeout(600_000);

const STORES = 40;
const MINUTE_MS = 60_000;

describe('an idle platform', () => {
  let cluster: TestCluster;
  let portal: Portal;

  beforeAll(async () => {
    cluster = await TestCluster.start();
    cluster.node.behaviour = readyStatus;
    portal = await Portal.create(cluster);
  });

  afterAll(async () => {
    await portal?.stopAll();
    await cluster?.stop();
  });

  it(`asks the API server less than 60 times a minute and writes nothing, with ${STORES} stores that are visited all the time`, async () => {
    const steps: StoreStep['type'][] = [];
    const options = {
      onStep: (_: string, { type }: StoreStep) => steps.push(type),
    };
    const config = { resyncSeconds: 5, concurrentBoots: 8 };
    const maker = await portal.orchestrate(config, options);
    const isRecorded = async (id: string) =>
      (await portal.stores.getGeneration(id, 1))?.releaseRecordedAt;
    const ids: string[] = [];
    for (let count = 0; count < STORES; count += 1) {
      const { id } = await portal.request({ name: `Idle ${count}` });
      ids.push(id);
      maker.enqueue(id);
    }
    await Promise.all(
      ids.map(id =>
        waitFor(
          () => isRecorded(id),
          () => portal.get(id),
          400_000,
        ),
      ),
    );
    // A portal that was started again judges what others made; its first visits are over when all have come to rest.
    await portal.stop(maker);
    steps.length = 0;
    await portal.orchestrate(config, options);
    await waitFor(
      async () => steps.filter(type => type === 'rest').length >= 3 * STORES,
      async () => steps.length,
    );
    const since = new Date();
    steps.length = 0;
    const before = await Promise.all(ids.map(id => portal.eventTypes(id)));
    await new Promise(resolve => setTimeout(resolve, MINUTE_MS));
    const requests = (await cluster.requests()).filter(({ at }) => at > since);
    const visits = steps.filter(type => type === 'rest').length;
    const counts = new Map<string, number>();
    for (const { resource, userAgent, verb } of requests) {
      const what = `${verb} ${resource} by ${userAgent.split('/')[0]}`;
      counts.set(what, (counts.get(what) ?? 0) + 1);
    }
    const byVerb = [...counts].map(([what, count]) => `${count} × ${what}`);
    process.stdout.write(
      `\n${STORES} stores, ${visits} visits in a minute, ${
        requests.length
      } requests: ${byVerb.join(', ')}\n`,
    );
    expect(visits).toBeGreaterThan(5 * STORES);
    expect(new Set(steps)).toEqual(new Set(['rest']));
    expect(
      requests.filter(({ verb }) => !['get', 'list', 'watch'].includes(verb)),
    ).toEqual([]);
    expect(requests.length).toBeLessThan(60);
    expect(await Promise.all(ids.map(id => portal.eventTypes(id)))).toEqual(
      before,
    );
  });
});
