import type { StoreObservation } from '../cluster';
import type { StoreRecord } from '../database/StoreRecord';
import { facts, finding } from './__testUtils__/planning';
import { applied, createRecord, serving } from './__testUtils__/records';
import { planNextStep } from './planNextStep';
import { beginRepairs } from './storeRepairs';

const asItShouldBe: StoreObservation = { ...serving, drift: [] };

describe('planNextStep after a repair that was interrupted', () => {
  const interrupted = (record: Partial<StoreRecord>) =>
    createRecord(
      {
        observedGeneration: 1,
        claimUids: {},
        repairs: beginRepairs({}, [finding]),
        ...record,
      },
      ...applied,
    );

  it.each<[string, Partial<StoreRecord>, StoreObservation]>([
    ['READY', { state: 'READY' }, asItShouldBe],
    ['DEGRADED', { state: 'DEGRADED' }, asItShouldBe],
    [
      'FAILED',
      { state: 'FAILED' },
      { drift: [], probe: { ok: false, message: '503' } },
    ],
    [
      'paused',
      { state: 'READY', pausedUntil: new Date('2026-01-01T02:00:00Z') },
      asItShouldBe,
    ],
  ])('tells of it once nothing has drifted: %s', (_, record, observation) => {
    expect(planNextStep(interrupted(record), observation, facts)).toEqual({
      type: 'tell-repaired',
    });
  });

  it('repairs what has drifted still, or again', () => {
    expect(
      planNextStep(
        interrupted({ state: 'READY' }),
        { ...serving, drift: [finding] },
        facts,
      ),
    ).toEqual({ type: 'repair', findings: [finding] });
  });

  it('says nothing while drift can not be judged', () => {
    expect(
      planNextStep(
        interrupted({ state: 'READY' }),
        { ...serving, drift: undefined },
        facts,
      ),
    ).toEqual({ type: 'rest' });
  });
});
