import type { StoreObservation } from '../cluster';
import { createPod, waiting } from './__testUtils__/trouble';
import { createWorkload } from './__testUtils__/records';
import { diagnose, diagnoseTimeout } from './diagnose';

describe('diagnose', () => {
  it('finds nothing wrong with pods that are on their way', () => {
    expect(diagnose({})).toBeUndefined();
    expect(
      diagnose({ pods: [createPod(waiting('ContainerCreating'))] }),
    ).toBeUndefined();
    expect(diagnose({ pods: [createPod({ ready: true })] })).toBeUndefined();
  });
});

describe('diagnoseTimeout', () => {
  it('says at the deadline what lacks', () => {
    const workloads = [
      createWorkload('Deployment', false),
      createWorkload('StatefulSet', true),
    ];
    const probe = { ok: false, message: 'GET /ready: answered 503' } as const;
    const lacks = (observation: StoreObservation) =>
      diagnoseTimeout(observation, 600).message;
    expect(diagnoseTimeout({ workloads }, 600)).toMatchObject({
      reason: 'Timeout',
      message:
        "Not ready within 600 s: Deployment 'medusa-api' has 0 of 1 pods ready",
    });
    expect(lacks({ workloads, probe })).toBe(
      "Not ready within 600 s: Deployment 'medusa-api' has 0 of 1 pods ready; through the ingress GET /ready: answered 503",
    );
    for (const observation of [{}, { probe: { ok: true } as const }]) {
      expect(lacks(observation)).toBe(
        'Not ready within 600 s: the cluster says nothing about the cause',
      );
    }
  });
});
