import type { OnStage } from '../__testUtils__/useTestCluster';

/** What the API server refuses for a while. Takes the right away from all stores, so that no other test may run beside it. */
export function refusal(onStage: OnStage): void {
  it(
    'tries again what is forbidden for now, and shows each attempt that failed, with the next one',
    onStage(async ({ cluster, portal }) => {
      const giveBack = await cluster.takeWorkersRights();
      try {
        const orchestrator = await portal.orchestrate();
        const { id } = await portal.request({ name: 'Patient' });
        orchestrator.enqueue(id);
        const trying = await portal.until(id, ({ attempt }) => attempt > 0);
        expect(trying).toMatchObject({ state: 'PROVISIONING' });
        expect(trying.message).toContain('forbidden');
        expect(trying.nextAttemptAt).toBeInstanceOf(Date);
        await portal.untilEvent(id, 'retry-scheduled');
        const [told] = await portal.events(id, 'retry-scheduled');
        expect(told).toMatchObject({
          message: expect.stringMatching(/^Attempt 1 failed.*forbidden/s),
          details: { attempt: 1, nextAttemptAt: expect.any(String) },
        });
        await giveBack();
        const ready = await portal.until(id, ({ state }) => state === 'READY');
        expect(ready).toMatchObject({ attempt: 0 });
        expect(ready.message).toBeUndefined();
        expect(ready.nextAttemptAt).toBeUndefined();
      } finally {
        await giveBack();
      }
    }),
  );
}
