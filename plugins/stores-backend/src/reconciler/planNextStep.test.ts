import type { StoreObservation } from '../cluster';
import {
  createClaim,
  facts,
  finding,
  ours,
  refused,
} from './__testUtils__/planning';
import {
  applied,
  createRecord,
  createWorkload,
  serving,
} from './__testUtils__/records';
import { planNextStep } from './planNextStep';

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
    const whole: StoreObservation = {
      ...serving,
      namespace: ours,
      claims: [createClaim('uploads', 'u1')],
    };

    it('rests while it serves, and applies again when that is due', () => {
      expect(planNextStep(ready, whole, facts)).toEqual({ type: 'rest' });
      expect(
        planNextStep(ready, whole, { ...facts, reapplyDue: true }),
      ).toEqual({ type: 'reapply' });
    });

    it('applies nothing on suspicion where drift can be judged', () => {
      const due = { ...facts, reapplyDue: true };
      expect(planNextStep(ready, { ...whole, drift: [] }, due)).toEqual({
        type: 'rest',
      });
    });

    it('says that drift is over once there is none that is left alone', () => {
      const drifted = createRecord(ready, { type: 'Drifted', status: 'True' });
      expect(planNextStep(drifted, { ...whole, drift: [] }, facts)).toEqual({
        type: 'report-drift',
        findings: [],
      });
      for (const observation of [
        whole,
        { ...whole, drift: [], driftLeft: [finding] },
      ]) {
        expect(planNextStep(drifted, observation, facts).type).toBe('rest');
      }
    });

    it('is not judged by a shopper whom nobody has sent', () => {
      const unseen = { ...serving, probe: undefined, namespace: ours };
      expect(planNextStep(ready, unseen, facts)).toEqual({ type: 'rest' });
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

    it('says on what still lacks while it is DEGRADED', () => {
      const degraded = { ...ready, state: 'DEGRADED' as const };
      const observation = { ...serving, ...refused };
      expect(planNextStep(degraded, observation, facts)).toMatchObject({
        type: 'wait',
        diagnosis: { reason: 'NotServing' },
      });
    });

    it('is repaired while it is FAILED, and does not fail again', () => {
      const failed = { ...ready, state: 'FAILED' as const };
      const late = { ...facts, waitingSeconds: 600 };
      expect(planNextStep(failed, refused, late).type).toBe('wait');
      expect(
        planNextStep(failed, { ...refused, drift: [finding] }, late),
      ).toEqual({ type: 'repair', findings: [finding] });
      const due = { ...late, reapplyDue: true };
      expect(planNextStep(failed, refused, due)).toEqual({ type: 'reapply' });
      expect(planNextStep(failed, { ...refused, drift: [] }, due).type).toBe(
        'wait',
      );
    });
  });
});
