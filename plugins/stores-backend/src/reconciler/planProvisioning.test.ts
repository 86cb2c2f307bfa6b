import type { StoreObservation } from '../cluster';
import { facts, ours, refused } from './__testUtils__/planning';
import { applied, createRecord, serving } from './__testUtils__/records';
import { planNextStep } from './planNextStep';
import { APPLIED } from './storeConditions';

describe('planProvisioning', () => {
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

  it.each<[string, StoreObservation['namespace'], object]>([
    ['is gone', { exists: false }, { type: 'start-over' }],
    ['is another one', { ...ours, ours: false }, { type: 'start-over' }],
    ['is going', { ...ours, terminating: true }, { type: 'wait', inMs: 1_000 }],
  ])(
    'begins anew before there is data when the namespace %s',
    (_, namespace, step) => {
      const young = createRecord({}, ...applied);
      expect(planNextStep(young, { ...refused, namespace }, facts)).toEqual(
        step,
      );
    },
  );

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
      const after = (waitingSeconds: number, boots = record) =>
        planNextStep(boots, refused, { ...facts, waitingSeconds }).type;
      expect(after(60)).toBe('release-boot');
      expect(after(59)).toBe('wait');
      expect(after(60, { ...record, bootStartedAt: undefined })).toBe('wait');
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
});
