import { hostname } from 'node:os';
import type { PodObject } from '../../cluster';
import { readyStatus } from '../__testUtils__/StandInNode';
import type { OnStage } from '../__testUtils__/useTestCluster';
import { waitFor } from '../__testUtils__/waitFor';

/** How the platform itself is, by the rights that it has. */
export function platformHealth(onStage: OnStage): void {
  it.concurrent(
    "tells how often a replica's pod restarted",
    onStage(async ({ cluster, portal }) => {
      const finishedAt = '2026-11-24T07:59:58Z';
      cluster.node.behave('platform', pod => restartedStatus(pod, finishedAt));
      await cluster.admin.create({
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name: hostname(), namespace: 'platform' },
        spec: {
          serviceAccountName: 'platform-api',
          containers: [{ name: 'portal', image: 'portal:1' }],
        },
      });
      const orchestrator = await portal.orchestrate();
      const { id } = await portal.request({ name: 'Watched' });
      orchestrator.enqueue(id);
      const health = await waitFor(
        async () => {
          const seen = await orchestrator.health();
          return (
            seen.replicas[0]?.lastRestart && seen.unheldStores === 0 && seen
          );
        },
        () => orchestrator.health(),
      );
      expect(health).toMatchObject({
        replicas: [
          {
            host: hostname(),
            heldStores: 1,
            restarts: 2,
            lastRestart: { at: finishedAt, reason: 'OOMKilled' },
          },
        ],
        cluster: { reachable: true, version: expect.stringMatching(/^v1\./) },
      });
    }),
  );
}

function restartedStatus(pod: PodObject, finishedAt: string): object {
  return {
    ...readyStatus(pod),
    containerStatuses: [
      {
        name: 'portal',
        ready: true,
        restartCount: 2,
        image: 'stand-in',
        imageID: 'stand-in',
        state: { running: {} },
        lastState: {
          terminated: { exitCode: 137, reason: 'OOMKilled', finishedAt },
        },
      },
    ],
  };
}
