import { describeUnready, isPodReady, isWorkloadReady } from './readiness';
import type { PodObject, WorkloadObject } from './types';

const ready = {
  observedGeneration: 2,
  replicas: 1,
  updatedReplicas: 1,
  readyReplicas: 1,
};

function workload(
  status: WorkloadObject['status'],
  metadata: Partial<WorkloadObject['metadata']> = {},
  spec: WorkloadObject['spec'] = { replicas: 1 },
): WorkloadObject {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'medusa-api', generation: 2, ...metadata },
    spec,
    status,
  };
}

describe('isWorkloadReady', () => {
  it.each<[string, WorkloadObject]>([
    ['its newest form runs and is ready', workload(ready)],
    [
      'it runs as many as by default',
      workload(ready, { generation: undefined }, undefined),
    ],
    [
      'none is wanted, and none is there',
      workload({ observedGeneration: 2 }, {}, { replicas: 0 }),
    ],
  ])('holds when %s', (_, found) => {
    expect(isWorkloadReady(found)).toBe(true);
    expect(describeUnready(found)).toBeUndefined();
  });

  it.each<[string, WorkloadObject, string]>([
    ['nothing is known yet', workload(undefined), '0 of 1'],
    ['nothing is there', workload({ observedGeneration: 2 }), '0 of 1'],
    [
      'fewer than by default are there',
      workload({ observedGeneration: 2 }, {}, undefined),
      '0 of 1',
    ],
    [
      'its controller has not seen the newest form',
      workload({ ...ready, observedGeneration: 1 }),
      '1 of 1',
    ],
    [
      'its controller has seen nothing',
      workload({ ...ready, observedGeneration: undefined }),
      '1 of 1',
    ],
    [
      'its pod is not ready',
      workload({ ...ready, readyReplicas: 0 }),
      '0 of 1',
    ],
    [
      'its pod has the old form',
      workload({ ...ready, updatedReplicas: 0 }),
      '1 of 1',
    ],
    [
      'an old pod is still there',
      workload({ ...ready, replicas: 2 }),
      '1 of 1',
    ],
    [
      'it is being deleted',
      workload(ready, { deletionTimestamp: 'now' }),
      '1 of 1',
    ],
  ])('does not hold when %s', (_, found, pods) => {
    expect(isWorkloadReady(found)).toBe(false);
    expect(describeUnready(found)).toBe(
      `Deployment 'medusa-api' has ${pods} pods ready`,
    );
  });
});

describe('isPodReady', () => {
  const pod = (
    conditions?: NonNullable<PodObject['status']>['conditions'],
    deletionTimestamp?: string,
  ): PodObject => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'medusa-api-1', deletionTimestamp },
    status: conditions && { conditions },
  });
  const scheduled = { type: 'PodScheduled', status: 'True' };

  it('is what the kubelet says', () => {
    expect(
      isPodReady(pod([scheduled, { type: 'Ready', status: 'True' }])),
    ).toBe(true);
    expect(
      isPodReady(pod([scheduled, { type: 'Ready', status: 'False' }])),
    ).toBe(false);
    expect(isPodReady(pod())).toBe(false);
  });

  it('is no pod that is going', () => {
    expect(isPodReady(pod([{ type: 'Ready', status: 'True' }], 'now'))).toBe(
      false,
    );
  });
});
