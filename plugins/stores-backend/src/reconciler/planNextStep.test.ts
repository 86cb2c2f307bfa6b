import type { NamespaceFacts, StoreObservation } from '../cluster';
import {
  applied,
  createRecord,
  createWorkload,
  serving,
} from './__testUtils__/records';
import { planNextStep } from './planNextStep';
import type { PlanFacts } from './StoreStep';
import { APPLIED, DELETION } from './storeConditions';

const facts: PlanFacts = {
  waitingSeconds: 1,
  deadlineSeconds: 600,
  reapplyDue: false,
  deletingSeconds: 0,
};
const ours: Extract<NamespaceFacts, { exists: true }> = {
  exists: true,
  uid: 'uid',
  ours: true,
  terminating: false,
  blockers: [],
};
const refused: StoreObservation = {
  probe: { ok: false, message: 'GET /ready: answered 503' },
};

describe('planNextStep', () => {
  it('begins with what was requested', () => {
    const record = createRecord({ state: 'REQUESTED' });
    expect(planNextStep(record, {}, facts)).toEqual({ type: 'begin' });
  });

  it.each([
    ['render', []],
    [
      'create-namespace',
      [{ type: 'Applied', status: 'Unknown', reason: APPLIED.rendered }],
    ],
    [
      'apply-secrets',
      [
        { type: 'Applied', status: 'Unknown', reason: APPLIED.rendered },
        { type: 'NamespaceReady', status: 'True' },
      ],
    ],
    [
      'apply-objects',
      [
        { type: 'Applied', status: 'False', reason: APPLIED.secrets },
        { type: 'NamespaceReady', status: 'True' },
      ],
    ],
  ] as const)('goes on with %s, made or FAILED', (type, conditions) => {
    for (const state of ['PROVISIONING', 'FAILED'] as const) {
      const record = createRecord({ state }, ...conditions);
      expect(planNextStep(record, {}, facts)).toEqual({ type });
    }
  });

  it('renders again what was applied for an older generation', () => {
    const old = createRecord({}, ...applied);
    const record = { ...old, generation: 2 };
    expect(planNextStep(record, serving, facts)).toEqual({ type: 'render' });
  });

  it('is READY only when all workloads are ready and a shopper is served', () => {
    const record = createRecord({}, ...applied);
    expect(planNextStep(record, serving, facts).type).toBe('become-ready');
    expect(planNextStep(record, { ...serving, ...refused }, facts).type).toBe(
      'wait',
    );
    expect(
      planNextStep(
        record,
        {
          ...serving,
          workloads: [
            createWorkload('StatefulSet', false),
            createWorkload('Deployment', true),
          ],
        },
        facts,
      ).type,
    ).toBe('wait');
    expect(
      planNextStep(record, { probe: { ok: true }, workloads: [] }, facts).type,
    ).toBe('wait');
  });

  it('fails at once for what cannot heal, later for what can, and at the deadline in any case', () => {
    const record = createRecord({}, ...applied);
    const pending: StoreObservation = {
      ...refused,
      pods: [
        {
          apiVersion: 'v1',
          kind: 'Pod',
          metadata: { name: 'medusa-api-1' },
          status: {
            conditions: [
              {
                type: 'PodScheduled',
                status: 'False',
                reason: 'Unschedulable',
                message: '0/1 nodes are available: 1 Insufficient memory.',
              },
            ],
          },
        },
      ],
    };
    expect(planNextStep(record, pending, facts)).toMatchObject({
      type: 'wait',
      diagnosis: { reason: 'Unschedulable' },
    });
    expect(
      planNextStep(record, pending, { ...facts, waitingSeconds: 60 }),
    ).toMatchObject({ type: 'fail', diagnosis: { reason: 'Unschedulable' } });
    expect(
      planNextStep(record, refused, { ...facts, waitingSeconds: 600 }),
    ).toMatchObject({
      type: 'fail',
      diagnosis: {
        reason: 'Timeout',
        message: expect.stringContaining('503'),
      },
    });
  });

  it('starts over when the namespace went before the store had data, and never after', () => {
    const observation = { ...refused, namespace: { exists: false } as const };
    const young = createRecord({}, ...applied);
    expect(planNextStep(young, observation, facts)).toEqual({
      type: 'start-over',
    });
    const old = { ...young, readyAt: new Date() };
    expect(planNextStep(old, observation, facts)).toMatchObject({
      type: 'fail',
      diagnosis: { reason: 'DataLost' },
    });
    expect(
      planNextStep({ ...old, state: 'READY' }, observation, facts),
    ).toMatchObject({ type: 'fail', diagnosis: { reason: 'DataLost' } });
    expect(
      planNextStep({ ...old, state: 'FAILED' }, observation, facts),
    ).toEqual({ type: 'rest' });
  });

  describe('of a store that was READY', () => {
    const ready = createRecord(
      { state: 'READY', readyAt: new Date() },
      ...applied,
    );

    it('rests while it serves, and applies again when that is due', () => {
      expect(planNextStep(ready, serving, facts)).toEqual({ type: 'rest' });
      expect(
        planNextStep(
          ready,
          { ...serving, namespace: ours },
          { ...facts, reapplyDue: true },
        ),
      ).toEqual({ type: 'reapply' });
    });

    it('says that it does not serve, and why', () => {
      expect(
        planNextStep(ready, { ...serving, ...refused }, facts),
      ).toMatchObject({
        type: 'degrade',
        diagnosis: {
          reason: 'NotServing',
          message: 'Through the ingress GET /ready: answered 503',
        },
      });
      expect(
        planNextStep(
          ready,
          {
            ...refused,
            workloads: [
              createWorkload('StatefulSet', false),
              createWorkload('Deployment', true),
            ],
          },
          facts,
        ),
      ).toMatchObject({
        type: 'degrade',
        diagnosis: { reason: 'DatabaseNotReady' },
      });
    });

    it('comes back by itself from DEGRADED and from FAILED', () => {
      for (const state of ['DEGRADED', 'FAILED'] as const) {
        expect(planNextStep({ ...ready, state }, serving, facts).type).toBe(
          'become-ready',
        );
        expect(planNextStep({ ...ready, state }, refused, facts)).toMatchObject(
          { type: 'wait', inMs: 5_000 },
        );
      }
    });
  });

  describe('of a deletion', () => {
    const deleting = (reason?: string) =>
      createRecord({ state: 'DELETING' }, ...applied, {
        type: 'NamespaceReady',
        status: reason ? 'False' : 'True',
        reason,
      });
    const left = {
      namespace: ours,
      claims: [
        {
          apiVersion: 'v1',
          kind: 'PersistentVolumeClaim',
          metadata: { name: 'uploads' },
        },
      ],
    };

    it('takes release, workloads and namespace away, in this order', () => {
      expect(planNextStep(deleting(), left, facts)).toEqual({
        type: 'remove-release',
      });
      expect(
        planNextStep(deleting(DELETION.releaseRemoved), left, facts),
      ).toEqual({ type: 'delete-workloads' });
      expect(
        planNextStep(
          deleting(DELETION.workloadsDeleted),
          { namespace: ours },
          facts,
        ),
      ).toEqual({ type: 'delete-namespace', uid: 'uid', underway: false });
    });

    it('waits for claims, but not for ever', () => {
      const record = deleting(DELETION.workloadsDeleted);
      expect(planNextStep(record, left, facts).type).toBe('wait');
      expect(
        planNextStep(record, left, { ...facts, deletingSeconds: 30 }),
      ).toEqual({ type: 'delete-namespace', uid: 'uid', underway: false });
    });

    it('notes a deletion that was begun before a crash', () => {
      expect(
        planNextStep(
          deleting(DELETION.workloadsDeleted),
          { namespace: { ...ours, terminating: true } },
          facts,
        ),
      ).toEqual({ type: 'delete-namespace', uid: 'uid', underway: true });
    });

    it('names what blocks it', () => {
      const observation = {
        namespace: {
          ...ours,
          terminating: true,
          blockers: ['Some resources are remaining: persistentvolumeclaims.'],
        },
      };
      const record = deleting(DELETION.namespaceDeleting);
      expect(planNextStep(record, observation, facts)).toEqual({
        type: 'wait',
        inMs: 500,
      });
      expect(
        planNextStep(record, observation, { ...facts, deletingSeconds: 31 }),
      ).toMatchObject({
        type: 'wait',
        diagnosis: {
          reason: 'DeletionBlocked',
          message: expect.stringContaining('persistentvolumeclaims'),
        },
      });
    });

    it('waits for volumes that go, and names those that stay', () => {
      const volume = (persistentVolumeReclaimPolicy: string) => ({
        namespace: { exists: false } as const,
        volumes: [
          {
            apiVersion: 'v1',
            kind: 'PersistentVolume',
            metadata: { name: 'pv-1' },
            spec: { persistentVolumeReclaimPolicy },
          },
        ],
      });
      const record = deleting(DELETION.namespaceDeleting);
      expect(planNextStep(record, volume('Delete'), facts)).toMatchObject({
        type: 'wait',
        diagnosis: { message: expect.stringContaining("'pv-1'") },
      });
      expect(planNextStep(record, volume('Retain'), facts)).toMatchObject({
        type: 'finish-deletion',
        message: expect.stringContaining("'pv-1'"),
      });
    });

    it('never touches a namespace that is not ours', () => {
      expect(
        planNextStep(
          deleting(),
          { namespace: { ...ours, ours: false } },
          facts,
        ),
      ).toMatchObject({
        type: 'finish-deletion',
        message: expect.stringContaining('not ours'),
      });
    });
  });

  it('does nothing for a store that is gone', () => {
    const record = createRecord({ state: 'DELETED' });
    expect(planNextStep(record, serving, facts)).toEqual({ type: 'rest' });
  });
});
