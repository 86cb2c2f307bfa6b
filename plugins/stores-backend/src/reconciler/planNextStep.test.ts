import {createClaim, facts, ours, refused} from './__testUtils__/planning';
import { applied, createRecord, createWorkload, serving } from './__testUtils__/records';
import { planNextStep } from './planNextStep';
import type { StoreObservation } from '../cluster';
import { APPLIED, DELETION } from './storeConditions';

describe('planNextStep', () => {
  it('begins with what was requested', () => {
    const record = createRecord({ state: 'REQUESTED' });
    expect(planNextStep(record, {}, facts)).toEqual({ type: 'begin' });
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
});
