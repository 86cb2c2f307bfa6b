import type { StoreObservation } from '../cluster';
import { createClaim, facts, ours, refused } from './__testUtils__/planning';
import { applied, createRecord, serving } from './__testUtils__/records';
import { planNextStep } from './planNextStep';

describe('planNextStep of the data of a store', () => {
  const record = createRecord(
    {
      state: 'READY',
      observedGeneration: 1,
      claimUids: { uploads: 'u1', 'data-postgres-0': 'u2' },
    },
    ...applied,
  );
  const claims = [
    createClaim('uploads', 'u1'),
    createClaim('data-postgres-0', 'u2'),
  ];
  const whole = { ...serving, namespace: ours, claims };
  const lost = { type: 'fail', diagnosis: { reason: 'DataLost' } };

  it.each([
    [
      'another claim is in its place',
      [createClaim('uploads', 'u9'), claims[1]!],
    ],
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
    expect(planNextStep(record, { ...whole, namespace }, facts)).toMatchObject(
      lost,
    );
  });

  it('is lost when a shop says at its start that it found nothing', () => {
    const observation: StoreObservation = {
      ...whole,
      ...refused,
      pods: [
        {
          apiVersion: 'v1',
          kind: 'Pod',
          metadata: { name: 'medusa-api-1' },
          status: {
            containerStatuses: [
              {
                name: 'medusa',
                restartCount: 1,
                lastState: { terminated: { exitCode: 1, reason: 'Error' } },
              },
            ],
          },
        },
      ],
      logs: [
        { pod: 'medusa-api-1', container: 'medusa', text: 'DataLost: empty' },
      ],
    };
    expect(planNextStep(record, observation, facts)).toMatchObject(lost);
  });

  it.each<[string, StoreObservation]>([
    ['nothing', {}],
    ['the namespace only', { ...serving, namespace: ours }],
    ['the claims only', { ...serving, claims }],
  ])('is not recreated while one has looked at %s', (_, observation) => {
    const failed = {
      ...record,
      state: 'FAILED' as const,
      reason: 'DataLost' as const,
    };
    expect(
      planNextStep(failed, observation, { ...facts, reapplyDue: true }),
    ).toEqual({ type: 'wait', inMs: 5_000 });
  });

  it('is no more lost when it is found again', () => {
    const failed = {
      ...record,
      state: 'FAILED' as const,
      reason: 'DataLost' as const,
    };
    expect(planNextStep(failed, whole, facts).type).toBe('become-ready');
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
    expect(
      planNextStep({ ...retry(true), reason: 'Timeout' }, observation, facts),
    ).toEqual({ type: 'retry', acceptDataLoss: true });
  });

  it('makes nothing start while a claim is being deleted', () => {
    const going = {
      ...whole,
      claims: [
        createClaim('uploads', 'u1', { deletionTimestamp: 'now' }),
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
    expect(planNextStep(record, whole, { ...facts, factsDue: true })).toEqual({
      type: 'keep-facts',
    });
    expect(
      planNextStep({ ...record, claimUids: undefined }, whole, facts),
    ).toEqual({ type: 'record-claims' });
    for (const found of [[], undefined]) {
      expect(
        planNextStep(
          { ...record, claimUids: undefined },
          { ...whole, claims: found },
          { ...facts, factsDue: true },
        ),
      ).toEqual({ type: 'rest' });
    }
  });
});
