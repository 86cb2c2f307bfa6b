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
  now: new Date('2026-01-01T01:00:00Z'),
  factsDue: false,
  bootRefused: false,
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
  labels: { 'storeyard.dev/store-id': 'toys-x7k2p' },
  annotations: {},
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
      const bootStartedAt = state === 'FAILED' ? undefined : new Date();
      const record = createRecord({ state, bootStartedAt }, ...conditions);
      expect(planNextStep(record, {}, facts)).toEqual({ type });
    }
  });

  describe('while others boot', () => {
    const waits = { ...facts, bootRefused: true };
    const stage = (reason: string) =>
      createRecord(
        {},
        { type: 'NamespaceReady', status: 'True' },
        { type: 'Applied', status: 'False', reason },
      );

    it('asks for its turn first, and makes all but the pods meanwhile', () => {
      expect(planNextStep(createRecord(), {}, facts)).toEqual({
        type: 'request-boot',
      });
      expect(planNextStep(createRecord(), {}, waits)).toEqual({
        type: 'render',
      });
      expect(planNextStep(stage(APPLIED.secrets), {}, waits)).toEqual({
        type: 'apply-held',
      });
      const held = stage(APPLIED.held);
      expect(planNextStep(held, {}, facts).type).toBe('request-boot');
      expect(planNextStep(held, {}, waits).type).toBe('wait');
      expect(
        planNextStep({ ...held, bootStartedAt: new Date() }, {}, facts),
      ).toEqual({ type: 'apply-objects' });
    });

    it('makes nothing of itself while what boots is young, though it has its place', () => {
      const young = { ...waits, lastBootSeconds: 9 };
      const grown = { ...waits, lastBootSeconds: 10 };
      for (const record of [createRecord(), stage(APPLIED.secrets)]) {
        expect(planNextStep(record, {}, young)).toEqual({
          type: 'wait',
          inMs: 2_000,
        });
        expect(planNextStep(record, {}, grown).type).not.toBe('wait');
        expect(
          planNextStep({ ...record, bootStartedAt: new Date() }, {}, young)
            .type,
        ).not.toBe('wait');
      }
      expect(
        planNextStep(createRecord({ state: 'FAILED' }), {}, young).type,
      ).toBe('render');
    });

    it('leaves alone what runs until it may boot anew', () => {
      const upgrading = {
        ...stage(APPLIED.rendered),
        generation: 2,
        observedGeneration: 1,
        claimUids: { uploads: 'u1' },
      };
      const record = {
        ...upgrading,
        conditions: upgrading.conditions.map(condition => ({
          ...condition,
          observedGeneration: 2,
        })),
      };
      expect(planNextStep(record, {}, waits)).toMatchObject({ type: 'wait' });
      expect(
        planNextStep({ ...record, bootStartedAt: new Date() }, {}, facts),
      ).toEqual({ type: 'apply-secrets' });
    });

    it('lets the others go on when it takes too long', () => {
      const record = createRecord({ bootStartedAt: new Date() }, ...applied);
      expect(
        planNextStep(record, refused, { ...facts, waitingSeconds: 60 }),
      ).toEqual({ type: 'release-boot' });
    });

    it('is READY with no pods that are wanted to be none', () => {
      const record = createRecord({}, ...applied);
      const workloads = serving.workloads?.map(workload => ({
        ...workload,
        spec: { replicas: 0 },
      }));
      expect(planNextStep(record, { ...serving, workloads }, facts).type).toBe(
        'wait',
      );
    });
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
    const old = { ...young, claimUids: { uploads: 'u1' } };
    expect(planNextStep(old, observation, facts)).toMatchObject({
      type: 'fail',
      diagnosis: { reason: 'DataLost' },
    });
    expect(
      planNextStep({ ...old, state: 'READY' }, observation, facts),
    ).toMatchObject({ type: 'fail', diagnosis: { reason: 'DataLost' } });
    expect(
      planNextStep({ ...old, state: 'FAILED' }, observation, facts),
    ).toMatchObject({ type: 'wait', diagnosis: { reason: 'DataLost' } });
  });

  describe('of a store that was READY', () => {
    const ready = createRecord(
      {
        state: 'READY',
        readyAt: new Date(),
        observedGeneration: 1,
        claimUids: { uploads: 'u1' },
      },
      ...applied,
    );
    const claim = (metadata: object = {}) => ({
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name: 'uploads', uid: 'u1', ...metadata },
    });
    const whole: StoreObservation = {
      ...serving,
      namespace: ours,
      claims: [claim()],
    };

    it('rests while it serves, and applies again when that is due', () => {
      expect(planNextStep(ready, whole, facts)).toEqual({ type: 'rest' });
      expect(
        planNextStep(ready, whole, { ...facts, reapplyDue: true }),
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

  describe('of the data of a store', () => {
    const record = createRecord(
      {
        state: 'READY',
        observedGeneration: 1,
        claimUids: { uploads: 'u1', 'data-postgres-0': 'u2' },
      },
      ...applied,
    );
    const claim = (name: string, uid: string, metadata: object = {}) => ({
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name, uid, ...metadata },
    });
    const claims = [claim('uploads', 'u1'), claim('data-postgres-0', 'u2')];
    const whole = { ...serving, namespace: ours, claims };
    const lost = { type: 'fail', diagnosis: { reason: 'DataLost' } };

    it.each([
      ['another claim is in its place', [claim('uploads', 'u9'), claims[1]!]],
      ['a claim is gone', [claims[1]!]],
    ])('is lost when %s', (_, found) => {
      const observation = { ...whole, claims: found };
      for (const state of ['READY', 'DEGRADED', 'PROVISIONING'] as const) {
        expect(
          planNextStep({ ...record, state }, observation, facts),
        ).toMatchObject(lost);
      }
      const failed = { ...record, state: 'FAILED' as const };
      expect(
        planNextStep(failed, observation, { ...facts, reapplyDue: true }),
      ).toMatchObject({ type: 'wait', diagnosis: { reason: 'DataLost' } });
    });

    it('is lost when somebody deletes the namespace, before it is gone', () => {
      const namespace = { ...ours, terminating: true };
      expect(
        planNextStep(record, { ...whole, namespace }, facts),
      ).toMatchObject(lost);
    });

    it('is not recreated while nobody has looked', () => {
      const failed = {
        ...record,
        state: 'FAILED' as const,
        reason: 'DataLost' as const,
      };
      expect(
        planNextStep(failed, {}, { ...facts, reapplyDue: true }).type,
      ).toBe('wait');
    });

    it('is made anew only when the loss is accepted', () => {
      const failed = {
        ...record,
        state: 'FAILED' as const,
        reason: 'DataLost' as const,
      };
      const observation = { ...whole, claims: [] };
      const retry = (acceptDataLoss: boolean) => ({
        ...failed,
        retry: { requestSeq: 1, acceptDataLoss },
      });
      expect(planNextStep(retry(false), observation, facts)).toMatchObject({
        type: 'refuse-retry',
        diagnosis: { reason: 'DataLost' },
      });
      expect(planNextStep(retry(true), observation, facts)).toEqual({
        type: 'retry',
        acceptDataLoss: true,
      });
      expect(planNextStep(retry(true), whole, facts)).toEqual({
        type: 'retry',
        acceptDataLoss: true,
      });
      expect(
        planNextStep({ ...retry(true), reason: 'Timeout' }, whole, facts),
      ).toEqual({ type: 'retry', acceptDataLoss: false });
    });

    it('makes nothing start while a claim is being deleted', () => {
      const going = {
        ...whole,
        claims: [
          claim('uploads', 'u1', { deletionTimestamp: 'now' }),
          claims[1]!,
        ],
      };
      expect(planNextStep(record, going, facts)).toMatchObject({
        type: 'degrade',
        diagnosis: { reason: 'VolumeBeingDeleted' },
      });
      for (const state of ['DEGRADED', 'PROVISIONING', 'FAILED'] as const) {
        expect(
          planNextStep({ ...record, state }, going, {
            ...facts,
            reapplyDue: true,
          }),
        ).toMatchObject({
          type: 'wait',
          diagnosis: { reason: 'VolumeBeingDeleted' },
        });
      }
      expect(
        planNextStep(
          { ...record, retry: { requestSeq: 1, acceptDataLoss: true } },
          going,
          facts,
        ).type,
      ).toBe('refuse-retry');
    });

    it('is told to the pods, and recorded where it was not yet', () => {
      expect(planNextStep(record, whole, { ...facts, factsDue: true })).toEqual(
        { type: 'keep-facts' },
      );
      expect(
        planNextStep({ ...record, claimUids: undefined }, whole, facts),
      ).toEqual({ type: 'record-claims' });
    });
  });

  describe('of a namespace that was changed by hand', () => {
    const record = createRecord(
      { state: 'READY', observedGeneration: 1, claimUids: {} },
      ...applied,
    );
    const wanted = {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: {
        name: record.namespace,
        labels: { 'pod-security.kubernetes.io/enforce': 'restricted' },
        annotations: { 'storeyard.dev/owner': 'group:default/toys' },
      },
    };

    it('says with which command our label comes back, and heals with it', () => {
      const namespace = { ...ours, labels: {} };
      const step = planNextStep(record, { ...serving, namespace }, facts);
      expect(step).toMatchObject({
        type: 'fail',
        diagnosis: {
          reason: 'OwnershipRemoved',
          remedy: expect.stringContaining(
            'kubectl label namespace store-toys-x7k2p storeyard.dev/store-id=toys-x7k2p',
          ),
        },
      });
      expect(
        planNextStep(
          { ...record, state: 'FAILED' },
          { ...serving, namespace: ours },
          facts,
        ).type,
      ).toBe('become-ready');
    });

    it('puts Pod Security and the owner right', () => {
      const namespace = {
        ...ours,
        labels: {
          ...ours.labels,
          'pod-security.kubernetes.io/enforce': 'privileged',
        },
      };
      expect(
        planNextStep(
          record,
          { ...serving, namespace },
          { ...facts, namespace: wanted },
        ),
      ).toMatchObject({
        type: 'repair-namespace',
        uid: 'uid',
        findings: [
          {
            type: 'changed',
            message:
              "Namespace 'store-toys-x7k2p': label 'pod-security.kubernetes.io/enforce' was 'privileged', expected 'restricted'",
          },
          {
            type: 'removed',
            message:
              "Namespace 'store-toys-x7k2p': annotation 'storeyard.dev/owner' was 'undefined', expected 'group:default/toys'",
          },
        ],
      });
    });
  });

  describe('of a pause', () => {
    const paused = createRecord(
      {
        state: 'READY',
        observedGeneration: 1,
        claimUids: {},
        pausedUntil: new Date('2026-01-01T02:00:00Z'),
        retry: { requestSeq: 1, acceptDataLoss: false },
      },
      ...applied,
    );
    const findings = [
      {
        type: 'changed' as const,
        path: [],
        object: {
          apiVersion: 'v1',
          kind: 'Service',
          metadata: { name: 'medusa-api' },
        },
        message: 'another port',
      },
    ];
    const seen = { ...serving, namespace: ours, claims: [], drift: findings };

    it('only says what it finds', () => {
      expect(planNextStep(paused, seen, facts)).toEqual({
        type: 'report-drift',
        findings,
      });
      const quiet = { ...seen, drift: [] };
      const due = { ...facts, reapplyDue: true, factsDue: true };
      expect(planNextStep(paused, quiet, due)).toEqual({
        type: 'wait',
        inMs: 15_000,
      });
      expect(planNextStep(paused, { ...quiet, ...refused }, due).type).toBe(
        'degrade',
      );
      const upgrading = { ...paused, generation: 2 };
      expect(planNextStep(upgrading, quiet, due).type).toBe('wait');
      for (const state of ['REQUESTED', 'PROVISIONING'] as const) {
        expect(planNextStep({ ...paused, state }, {}, due).type).toBe('wait');
      }
      expect(
        planNextStep({ ...paused, state: 'DELETING' }, { namespace: ours }, due)
          .type,
      ).toBe('remove-release');
    });

    it('keeps no place among those that boot', () => {
      const record = {
        ...paused,
        state: 'PROVISIONING' as const,
        bootQueuedAt: new Date(),
      };
      expect(planNextStep(record, {}, facts)).toEqual({ type: 'release-boot' });
    });

    it('ends by itself', () => {
      const over = { ...facts, now: new Date('2026-01-01T02:00:00Z') };
      expect(planNextStep(paused, seen, over)).toEqual({ type: 'end-pause' });
    });
  });

  describe('of an upgrade', () => {
    const upgrading = (
      state: 'READY' | 'DEGRADED' | 'FAILED',
      reason?: string,
    ) => {
      const record = createRecord(
        { state, observedGeneration: 1, claimUids: {} },
        ...applied,
      );
      return createRecord(
        { ...record, generation: 2 },
        ...(reason
          ? [{ type: 'Applied' as const, status: 'Unknown' as const, reason }]
          : []),
      );
    };
    const old = { ...serving, namespace: ours, claims: [] };
    const trial = (state: object): StoreObservation => ({
      ...old,
      pods: [
        {
          apiVersion: 'v1',
          kind: 'Pod',
          metadata: {
            name: 'image-trial-2',
            labels: { 'app.kubernetes.io/component': 'image-trial' },
          },
          spec: { containers: [{}] },
          status: { containerStatuses: [{ name: 'image-0', state }] },
        },
      ],
    });

    it('renders, then tries the images, then switches', () => {
      expect(planNextStep(upgrading('READY'), old, facts).type).toBe('render');
      expect(
        planNextStep(upgrading('READY', APPLIED.rendered), old, facts).type,
      ).toBe('try-images');
      const trying = upgrading('READY', APPLIED.trial);
      expect(planNextStep(trying, trial({ waiting: {} }), facts).type).toBe(
        'wait',
      );
      expect(
        planNextStep(trying, trial({ terminated: { exitCode: 0 } }), facts)
          .type,
      ).toBe('switch-generation');
      expect(
        planNextStep(
          trying,
          trial({ waiting: { reason: 'RunContainerError' } }),
          facts,
        ).type,
      ).toBe('switch-generation');
      expect(
        planNextStep(upgrading('READY', APPLIED.tried), old, facts).type,
      ).toBe('switch-generation');
    });

    it('fails without a word to the old shop when an image is not to be had', () => {
      const missing = trial({ waiting: { reason: 'ErrImageNeverPull' } });
      expect(
        planNextStep(upgrading('READY', APPLIED.trial), missing, facts),
      ).toMatchObject({
        type: 'fail-upgrade',
        diagnosis: { reason: 'ImagePullFailed' },
      });
      expect(
        planNextStep(upgrading('READY', APPLIED.upgradeFailed), old, facts),
      ).toEqual({ type: 'rest' });
    });

    it('goes on watching the old shop meanwhile', () => {
      const step = planNextStep(
        upgrading('READY', APPLIED.rendered),
        { ...old, ...refused },
        facts,
      );
      expect(step.type).toBe('degrade');
    });

    it('makes nothing of a generation that failed when the store is FAILED for another cause', () => {
      for (const state of ['FAILED', 'PROVISIONING'] as const) {
        const record = { ...upgrading('FAILED', APPLIED.upgradeFailed), state };
        expect(planNextStep(record, { ...old, ...refused }, facts).type).toBe(
          'wait',
        );
        expect(planNextStep(record, old, facts).type).toBe('become-ready');
      }
    });

    it('takes a FAILED store to the new generation at once', () => {
      expect(
        planNextStep(upgrading('FAILED'), { ...old, ...refused }, facts).type,
      ).toBe('switch-generation');
    });
  });

  it('deletes a namespace that comes back at once, and tells of one that comes back late', () => {
    const record = createRecord({
      state: 'DELETED',
      deletedAt: new Date('2026-01-01T00:55:00Z'),
    });
    const back = { namespace: ours };
    expect(planNextStep(record, back, facts)).toEqual({
      type: 'delete-reappeared',
      uid: 'uid',
    });
    const late = { ...record, deletedAt: new Date('2026-01-01T00:49:00Z') };
    expect(planNextStep(late, back, facts)).toEqual({
      type: 'report-reappeared',
    });
    expect(planNextStep({ ...late, message: 'told' }, back, facts).type).toBe(
      'rest',
    );
    expect(
      planNextStep(record, { namespace: { ...ours, ours: false } }, facts).type,
    ).toBe('rest');
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
