import { useTestCluster } from './__testUtils__/useTestCluster';
import { waitFor } from './__testUtils__/waitFor';
import type { StoreStep } from './StoreStep';

const STORES = 20;
/** Each is visited so often that half a minute shows what half an hour of usual visits would. */
const RESYNC_SECONDS = 1.25;
const HALF_A_MINUTE_MS = 30_000;
/** The sweeper's twelve and some; one a minute for each store would be too many. */
const REQUESTS = 20;
const TIMEOUT_MS = 600_000;

describe('An idle platform', () => {
  const onStage = useTestCluster();

  it(
    `asks the API server less than ${REQUESTS} times in half a minute and writes nothing, with ${STORES} stores that are visited all the time`,
    onStage(async ({ cluster, portal }) => {
      const steps: StoreStep['type'][] = [];
      const options = {
        onStep: (_: string, { type }: StoreStep) => steps.push(type),
      };
      const config = { resyncSeconds: RESYNC_SECONDS, concurrentBoots: 8 };
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
        ids.map(id => portal.eventually(id, () => isRecorded(id), 400_000)),
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
      await new Promise(resolve => setTimeout(resolve, HALF_A_MINUTE_MS));
      const requests = (await cluster.requests()).filter(
        ({ at }) => at > since,
      );
      const visits = steps.filter(type => type === 'rest').length;
      const counts = new Map<string, number>();
      for (const { resource, userAgent, verb } of requests) {
        const what = `${verb} ${resource} by ${userAgent.split('/')[0]}`;
        counts.set(what, (counts.get(what) ?? 0) + 1);
      }
      const byVerb = [...counts].map(([what, count]) => `${count} × ${what}`);
      process.stdout.write(
        `\n${STORES} stores, ${visits} visits in half a minute, ${
          requests.length
        } requests: ${byVerb.join(', ')}\n`,
      );
      expect(visits).toBeGreaterThan(10 * STORES);
      expect(new Set(steps)).toEqual(new Set(['rest']));
      expect(
        requests.filter(({ verb }) => !['get', 'list', 'watch'].includes(verb)),
      ).toEqual([]);
      expect(requests.length).toBeLessThan(REQUESTS);
      expect(await Promise.all(ids.map(id => portal.eventTypes(id)))).toEqual(
        before,
      );
    }),
    TIMEOUT_MS,
  );
});
