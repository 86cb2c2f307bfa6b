import { facts, finding, ours, refused } from './__testUtils__/planning';
import { applied, createRecord, serving } from './__testUtils__/records';
import { planNextStep } from './planNextStep';
import { APPLIED } from './storeConditions';

describe('planNextStep of a pause', () => {
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
  const seen = { ...serving, namespace: ours, claims: [], drift: [finding] };

  it('only says what it finds', () => {
    expect(planNextStep(paused, seen, facts)).toEqual({
      type: 'report-drift',
      findings: [finding],
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
    const unseen = { ...quiet, drift: undefined };
    expect(planNextStep(paused, unseen, due).type).toBe('wait');
    expect(
      planNextStep({ ...paused, state: 'DELETING' }, { namespace: ours }, due)
        .type,
    ).toBe('remove-release');
  });

  it.each(['REQUESTED', 'PROVISIONING'] as const)(
    'leaves a %s store as it is, whatever is seen of it',
    state => {
      for (const observation of [{}, seen, { ...seen, drift: [] }]) {
        expect(planNextStep({ ...paused, state }, observation, facts)).toEqual({
          type: 'wait',
          inMs: 15_000,
        });
      }
    },
  );

  it('hides no loss', () => {
    const record = { ...paused, claimUids: { uploads: 'u1' } };
    expect(planNextStep(record, seen, facts)).toMatchObject({
      type: 'fail',
      diagnosis: { reason: 'DataLost' },
    });
  });

  it.each([
    [APPLIED.objects, 'become-ready'],
    [APPLIED.upgradeFailed, 'become-ready'],
    [APPLIED.secrets, 'wait'],
  ])('sees a FAILED store serve again: %s', (reason, type) => {
    const record = createRecord(
      { ...paused, state: 'FAILED' },
      { type: 'Applied', status: 'Unknown', reason },
    );
    expect(planNextStep(record, { ...seen, drift: [] }, facts).type).toBe(type);
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
    const nearly = { ...facts, now: new Date('2026-01-01T01:59:55Z') };
    expect(planNextStep(paused, { ...seen, drift: [] }, nearly)).toEqual({
      type: 'wait',
      inMs: 5_000,
    });
    const over = { ...facts, now: new Date('2026-01-01T02:00:00Z') };
    expect(planNextStep(paused, seen, over)).toEqual({ type: 'end-pause' });
  });
});
