import type { PodObject, WorkloadObject } from '../cluster';
import { createWorkload } from './__testUtils__/records';
import { observedConditions } from './observedConditions';

const COMPONENT = 'app.kubernetes.io/component';

function workload(component: string, ready: boolean): WorkloadObject {
  const found = createWorkload('Deployment', ready);
  const labels = { [COMPONENT]: component };
  return { ...found, metadata: { ...found.metadata, labels } };
}

function pod(component: string | undefined, ready: boolean): PodObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: 'pod',
      labels: component ? { [COMPONENT]: component } : undefined,
    },
    status: {
      conditions: [{ type: 'Ready', status: ready ? 'True' : 'False' }],
    },
  };
}

function readyConditions(database: boolean, shop: boolean) {
  const status = (value: boolean) => (value ? 'True' : 'False');
  return [
    { type: 'DatabaseReady', status: status(database) },
    { type: 'BackendReady', status: status(shop) },
  ];
}

describe('observedConditions', () => {
  it('says nothing of what was not looked at', () => {
    expect(observedConditions({})).toEqual([]);
  });

  it.each([
    [true, true],
    [true, false],
    [false, true],
  ])(
    'tells database and shop apart, by workloads or by pods: %s, %s',
    (database, shop) => {
      const workloads = [
        workload('database', database),
        workload('shop', shop),
      ];
      const pods = [pod('database', database), pod('shop', shop)];
      expect(observedConditions({ workloads })).toEqual(
        readyConditions(database, shop),
      );
      expect(observedConditions({ pods })).toEqual(
        readyConditions(database, shop),
      );
    },
  );

  it('believes workloads more than pods', () => {
    const workloads = [workload('database', true), workload('shop', true)];
    expect(observedConditions({ workloads, pods: [] })).toEqual(
      readyConditions(true, true),
    );
  });

  it('takes nothing that is not there for ready, nor part of it', () => {
    expect(observedConditions({ workloads: [] })).toEqual(
      readyConditions(false, false),
    );
    expect(
      observedConditions({
        pods: [
          pod('database', true),
          pod('database', false),
          pod('shop', true),
          pod(undefined, false),
        ],
      }),
    ).toEqual(readyConditions(false, true));
  });

  it('says whether shoppers are served, and what they get else', () => {
    expect(observedConditions({ probe: { ok: true } })).toStrictEqual([
      { type: 'Reachable', status: 'True' },
    ]);
    expect(
      observedConditions({ probe: { ok: false, message: 'answered 503' } }),
    ).toStrictEqual([
      { type: 'Reachable', status: 'False', message: 'answered 503' },
    ]);
  });
});
