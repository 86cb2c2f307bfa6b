import { mockServices } from '@backstage/backend-test-utils';
import {
  ClusterUnreachableError,
  type ContainerStatus,
  type PodObject,
} from '../../cluster';
import { PlatformInsight } from './PlatformInsight';

const startedAt = new Date('2026-11-24T08:00:00Z');

function pod(name: string, containerStatuses?: ContainerStatus[]): PodObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'platform' },
    status: { containerStatuses },
  };
}

function createPlatform(
  options: { pods?: PodObject[]; fail?: Error; reachable?: boolean } = {},
) {
  const { fail, pods = [], reachable = true } = options;
  const list = jest.fn(async () => {
    if (fail) throw fail;
    return pods;
  });
  const logger = mockServices.logger.mock();
  const platform = PlatformInsight.create({
    client: { list: list as never },
    gate: { status: () => ({ reachable, version: 'v1.34.2' }) },
    leases: {
      listFree: async () => ['toys-aaaaa'],
      listReplicas: async () => [
        {
          holder: 'portal-a:1:0a1b2c3d',
          host: 'portal-a',
          version: '0.1.0',
          startedAt,
          heldStores: 7,
        },
      ],
    },
    logger,
    namespace: 'platform',
  });
  return { list, logger, platform };
}

const known = {
  id: 'portal-a:1:0a1b2c3d',
  host: 'portal-a',
  version: '0.1.0',
  startedAt: '2026-11-24T08:00:00.000Z',
  heldStores: 7,
};

describe("the platform's health", () => {
  it("takes how often a replica restarted, and why, from the pod of its host's name", async () => {
    const { list, platform } = createPlatform({
      pods: [
        pod('other', [{ name: 'portal', restartCount: 9 }]),
        pod('portal-a', [
          {
            name: 'portal',
            restartCount: 2,
            lastState: {
              terminated: {
                exitCode: 137,
                reason: 'OOMKilled',
                finishedAt: '2026-11-24T07:59:58Z',
              },
            },
          },
          {
            name: 'sidecar',
            restartCount: 1,
            lastState: {
              terminated: { exitCode: 1, finishedAt: '2026-11-23T07:00:00Z' },
            },
          },
        ]),
      ],
    });
    expect(await platform.health()).toEqual({
      replicas: [
        {
          ...known,
          restarts: 3,
          lastRestart: { at: '2026-11-24T07:59:58Z', reason: 'OOMKilled' },
        },
      ],
      unheldStores: 1,
      cluster: { reachable: true, version: 'v1.34.2' },
    });
    expect(list).toHaveBeenCalledWith(
      expect.objectContaining({ kind: 'Pod', namespace: 'platform' }),
    );
  });

  it('names the exit code where the cluster gives no reason', async () => {
    const { platform } = createPlatform({
      pods: [
        pod('portal-a', [
          {
            name: 'portal',
            restartCount: 1,
            lastState: { terminated: { exitCode: 3 } },
          },
        ]),
      ],
    });
    const { replicas } = await platform.health();
    expect(replicas[0]?.lastRestart).toEqual({ reason: 'exit code 3' });
  });

  it('counts no restart of a pod that never had one', async () => {
    const { platform } = createPlatform({
      pods: [pod('portal-a', [{ name: 'portal', restartCount: 0 }])],
    });
    const { replicas } = await platform.health();
    expect(replicas).toEqual([{ ...known, restarts: 0 }]);
  });

  it('tells of replicas that run in no pod', async () => {
    const { platform } = createPlatform();
    expect((await platform.health()).replicas).toEqual([known]);
  });

  it('asks no cluster that is away', async () => {
    const { list, platform } = createPlatform({ reachable: false });
    const { cluster, replicas } = await platform.health();
    expect([cluster.reachable, replicas]).toEqual([false, [known]]);
    expect(list).not.toHaveBeenCalled();
  });

  it('tells what the database knows when the cluster does not answer, and logs why', async () => {
    const { logger, platform } = createPlatform({
      fail: new ClusterUnreachableError('no answer in 15 s'),
    });
    expect((await platform.health()).replicas).toEqual([known]);
    expect(logger.warn).toHaveBeenCalledWith(
      expect.stringContaining('no answer in 15 s'),
    );
  });
});
