import { mockServices } from '@backstage/backend-test-utils';
import { until } from '../__testUtils__/until';
import { ClusterCapacity } from './ClusterCapacity';
import { ListingServer } from './__testUtils__/ListingServer';
import { ClusterClient } from './ClusterClient';
import { ClusterConnection } from './ClusterConnection';
import { StoreLogsReader } from './StoreLogsReader';
import { StoreReader } from './StoreReader';
import { StoreResourcesReader } from './StoreResourcesReader';
import type { KubernetesObject } from './types';
import { ClusterWatches, OwnWrites } from './watch';

const INSTALLATION = 'f0b1';

function object(
  apiVersion: string,
  kind: string,
  name: string,
  content: object = {},
  labels: Record<string, string> = {},
): KubernetesObject {
  return {
    apiVersion,
    kind,
    metadata: {
      name,
      namespace: 'store-a',
      uid: name,
      resourceVersion: '1',
      labels: {
        'storeyard.dev/installation': INSTALLATION,
        'storeyard.dev/store-id': 'a',
        ...labels,
      },
    },
    ...content,
  };
}

const node = (name: string, spec: object = {}, ready = 'True') =>
  object('v1', 'Node', name, {
    spec,
    status: {
      allocatable: { cpu: '2', memory: '4Gi', pods: '110' },
      conditions: [{ type: 'Ready', status: ready }],
    },
  });

const pod = (name: string, nodeName: string | undefined, phase: string) =>
  object(
    'v1',
    'Pod',
    name,
    {
      spec: {
        nodeName,
        initContainers: [{ name: 'prepare' }],
        containers: [
          {
            name: 'medusa',
            image: 'shop:1',
            resources: { requests: { cpu: '250m', memory: '1Gi' } },
          },
        ],
      },
      status: {
        phase,
        containerStatuses: [
          {
            name: 'medusa',
            restartCount: 2,
            state: { waiting: { reason: 'CrashLoopBackOff' } },
            lastState: {
              terminated: { exitCode: 1, finishedAt: '2026-11-24T10:00:00Z' },
            },
          },
        ],
      },
    },
    { app: 'medusa' },
  );

const CLUSTER: KubernetesObject[] = [
  node('one'),
  node('cordoned', { unschedulable: true }),
  node('tainted', { taints: [{ key: 'x', effect: 'NoSchedule' }] }),
  node('broken', {}, 'False'),
  pod('medusa-1', 'one', 'Running'),
  pod('medusa-2', 'one', 'Pending'),
  pod('done', 'one', 'Succeeded'),
  pod('waiting', undefined, 'Pending'),
  object('apps/v1', 'Deployment', 'medusa-api', {
    spec: { replicas: 1, selector: { matchLabels: { app: 'medusa' } } },
    status: { readyReplicas: 0 },
  }),
  object('v1', 'PersistentVolumeClaim', 'uploads', {
    spec: {
      resources: { requests: { storage: '1Gi' } },
      storageClassName: 'local',
      volumeName: 'pv-1',
    },
    status: { phase: 'Bound', capacity: { storage: '2Gi' } },
  }),
  object('v1', 'ResourceQuota', 'store', {
    status: { hard: { pods: '5' }, used: { pods: '2' } },
  }),
];

describe('what the caches tell', () => {
  let server: ListingServer;
  let client: ClusterClient;
  let watches: ClusterWatches;
  let before: ClusterCapacity;
  let knownAtFirst: unknown;

  beforeAll(async () => {
    server = await ListingServer.start({
      objects: CLUSTER,
      log: 'first\nlast\n',
    });
    client = ClusterClient.create({
      connection: ClusterConnection.create(server),
    });
    const synced = new Promise<void>(resolve => {
      watches = ClusterWatches.create({
        client,
        writes: OwnWrites.create(),
        logger: mockServices.logger.mock(),
        onStoreChanged: () => undefined,
        onSynced: resolve,
      });
    });
    before = ClusterCapacity.create({ watches });
    knownAtFirst = before.nodes();
    watches.start(INSTALLATION);
    await synced;
    await until(() => before.nodes() !== undefined);
  });

  afterAll(async () => {
    await watches.stop();
    await server.stop();
  });

  it('of the nodes: what they have, what the pods on them ask for, and whether they take any', () => {
    expect(knownAtFirst).toBeUndefined();
    const nodes = before.nodes() ?? [];
    expect(nodes.map(({ name, schedulable }) => [name, schedulable])).toEqual([
      ['broken', false],
      ['cordoned', false],
      ['one', true],
      ['tainted', false],
    ]);
    expect(nodes[2]).toMatchObject({
      allocatable: { cpu: 2, memory: 4 * 2 ** 30, pods: 110 },
      requested: { cpu: 0.5, memory: 2 * 2 ** 30, pods: 2 },
    });
    expect(nodes[0]?.requested).toEqual({ cpu: 0, memory: 0, pods: 0 });
  });

  it('of a store: workloads with their pods, volumes, and its quota', async () => {
    const reader = StoreReader.create({ client, watches });
    const resources = await StoreResourcesReader.create({ reader }).read(
      'store-a',
    );
    expect(resources.workloads).toMatchObject([
      { kind: 'Deployment', name: 'medusa-api', desired: 1, ready: 0 },
    ]);
    expect(resources.workloads[0]?.pods[1]).toEqual({
      name: 'medusa-1',
      phase: 'Running',
      ready: false,
      restarts: 2,
      image: 'shop:1',
      node: 'one',
      reason: 'CrashLoopBackOff',
      containers: [
        {
          name: 'medusa',
          init: false,
          restarts: 2,
          previous: { reason: 'exit code 1', endedAt: '2026-11-24T10:00:00Z' },
        },
        { name: 'prepare', init: true, restarts: 0 },
      ],
    });
    expect(resources.volumes).toEqual([
      {
        name: 'uploads',
        phase: 'Bound',
        requested: '1Gi',
        capacity: '2Gi',
        storageClass: 'local',
        volumeName: 'pv-1',
        deleting: false,
      },
    ]);
    expect(resources.quota).toEqual([
      { resource: 'pods', used: '2', hard: '5' },
    ]);
    expect(
      await StoreResourcesReader.create({ reader }).read('store-b'),
    ).toEqual({ workloads: [], volumes: [], quota: [] });
  });

  it('of a log: the lines of the workload’s newest pod, or which workloads there are', async () => {
    const logs = StoreLogsReader.create({
      client,
      reader: StoreReader.create({ client, watches }),
    });
    const options = { previous: true, tail: 20 };
    expect(
      await logs.read('store-a', { workload: 'medusa-api', ...options }),
    ).toMatchObject({
      container: 'medusa',
      previous: true,
      lines: ['first', 'last'],
    });
    expect(String(server.askedLogs.at(-1))).toMatch(
      /container=medusa&tailLines=20&.*previous=true/,
    );
    await expect(
      logs.read('store-a', { workload: 'other', ...options }),
    ).rejects.toThrow("expected one of 'medusa-api'");
    const prepare = { workload: 'medusa-api', container: 'prepare' };
    expect(
      await logs.read('store-a', { ...prepare, ...options }),
    ).toMatchObject({ container: 'prepare' });
    expect(server.askedLogs.at(-1)?.get('container')).toBe('prepare');
    await expect(
      logs.read('store-a', { ...prepare, ...options, container: 'gone' }),
    ).rejects.toThrow(
      "has no container 'gone', expected one of 'medusa', 'prepare'",
    );
  });
});
