import { isWorkloadReady } from './readiness';
import { collectionPath, inDependencyOrder, objectPath } from './resources';
import type { WorkloadObject } from './types';

const create = (apiVersion: string, kind: string) => ({
  apiVersion,
  kind,
  metadata: { name: 'a', namespace: 'store-a' },
});

describe('resources', () => {
  it('knows where kinds lie', () => {
    expect(objectPath(create('v1', 'Secret'))).toBe(
      '/api/v1/namespaces/store-a/secrets/a',
    );
    expect(objectPath(create('networking.k8s.io/v1', 'Ingress'))).toBe(
      '/apis/networking.k8s.io/v1/namespaces/store-a/ingresses/a',
    );
    expect(objectPath(create('v1', 'Namespace'))).toBe('/api/v1/namespaces/a');
    expect(collectionPath({ apiVersion: 'v1', kind: 'Pod' })).toBe(
      '/api/v1/pods',
    );
  });

  it('refuses a kind that our role does not reach', () => {
    expect(() => objectPath(create('batch/v1', 'Job'))).toThrow(
      "'batch/v1/Job' is no kind that a store may consist of",
    );
  });

  it('puts what workloads need before them', () => {
    const waves = inDependencyOrder([
      create('apps/v1', 'Deployment'),
      create('v1', 'PersistentVolumeClaim'),
      create('v1', 'Secret'),
      create('apps/v1', 'StatefulSet'),
      create('networking.k8s.io/v1', 'NetworkPolicy'),
      create('v1', 'ResourceQuota'),
    ]);
    expect(waves.map(wave => wave.map(({ kind }) => kind))).toEqual([
      ['Secret', 'NetworkPolicy', 'ResourceQuota'],
      ['PersistentVolumeClaim'],
      ['Deployment', 'StatefulSet'],
    ]);
  });
});

describe('isWorkloadReady', () => {
  const workload = (
    status: WorkloadObject['status'],
    metadata: Partial<WorkloadObject['metadata']> = {},
  ): WorkloadObject => ({
    ...create('apps/v1', 'Deployment'),
    metadata: { name: 'a', generation: 2, ...metadata },
    spec: { replicas: 1 },
    status,
  });
  const ready = {
    observedGeneration: 2,
    replicas: 1,
    updatedReplicas: 1,
    readyReplicas: 1,
  };

  it('holds when the newest form runs and is ready', () => {
    expect(isWorkloadReady(workload(ready))).toBe(true);
  });

  it.each([
    ['nothing is known yet', undefined],
    [
      'its controller has not seen the newest form',
      { ...ready, observedGeneration: 1 },
    ],
    ['its pod is not ready', { ...ready, readyReplicas: 0 }],
    ['its pod has the old form', { ...ready, updatedReplicas: 0 }],
    ['an old pod is still there', { ...ready, replicas: 2 }],
  ])('does not hold when %s', (_, status) => {
    expect(isWorkloadReady(workload(status))).toBe(false);
  });

  it('does not hold while it is being deleted', () => {
    expect(isWorkloadReady(workload(ready, { deletionTimestamp: 'now' }))).toBe(
      false,
    );
  });
});
