import type { WorkloadObject } from '../cluster';
import { createRecord, createWorkload, serving } from './__testUtils__/records';
import { refused } from './__testUtils__/planning';
import { diagnoseNotServing, isServing } from './diagnoseServing';

const database = createWorkload('StatefulSet', true);
const shop = createWorkload('Deployment', true);

function ofGeneration(generation: string): WorkloadObject {
  const annotations = { 'storeyard.dev/generation': generation };
  return { ...shop, metadata: { ...shop.metadata, annotations } };
}

function withReplicas(workload: WorkloadObject, replicas?: number) {
  return { ...workload, spec: { replicas } };
}

describe('isServing', () => {
  const record = createRecord({ generation: 3, observedGeneration: 2 });

  it.each<[string, boolean, WorkloadObject[]]>([
    ['of the generation in the cluster', true, [database, ofGeneration('2')]],
    ['of a later one', true, [database, ofGeneration('3')]],
    ['as it was before the last apply', false, [database, ofGeneration('1')]],
    ['of as many pods as by default', true, [withReplicas(shop), database]],
    ['wanted to have no pods', false, [withReplicas(shop, 0), database]],
    ['not seen at all', false, []],
  ])('judges by a shop that is %s: %s', (_, expected, workloads) => {
    expect(isServing(record, { ...serving, workloads })).toBe(expected);
  });

  it('judges by nothing that was not looked at', () => {
    expect(isServing(record, { ...serving, probe: undefined })).toBe(false);
    expect(isServing(record, { ...serving, workloads: undefined })).toBe(false);
  });
});

describe('diagnoseNotServing', () => {
  const unready = createWorkload('Deployment', false);

  it('blames what is not ready, in the words of the shopper if there are any', () => {
    expect(
      diagnoseNotServing({ workloads: [database, unready] }),
    ).toMatchObject({
      reason: 'BackendNotReady',
      message: "Deployment 'medusa-api' is not ready",
    });
    expect(
      diagnoseNotServing({ ...refused, workloads: [database, unready] }),
    ).toMatchObject({
      reason: 'BackendNotReady',
      message: 'Through the ingress GET /ready: answered 503',
    });
    expect(
      diagnoseNotServing({ workloads: [withReplicas(database, 0), shop] }),
    ).toMatchObject({ reason: 'DatabaseNotReady' });
  });

  it('blames the way to the shop when all is ready', () => {
    const workloads = [database, withReplicas(shop)];
    expect(diagnoseNotServing({ ...refused, workloads })).toMatchObject({
      reason: 'NotServing',
    });
    expect(diagnoseNotServing(refused)).toMatchObject({ reason: 'NotServing' });
    expect(diagnoseNotServing({ ...serving, workloads })).toBeUndefined();
    expect(diagnoseNotServing({ workloads })).toBeUndefined();
  });
});
