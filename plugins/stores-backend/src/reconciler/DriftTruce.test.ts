import type { DriftFinding } from '../cluster';
import { DriftTruce } from './DriftTruce';

const MINUTE = 60_000;

const finding = (name: string, ...path: string[]): DriftFinding => ({
  object: {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace: 'store-a' },
  },
  type: 'changed',
  path,
  message: 'changed',
});
const replicas = finding('medusa-api', 'f:spec', 'f:replicas');

describe('DriftTruce', () => {
  let now: number;
  let truce: DriftTruce;

  beforeEach(() => {
    now = 0;
    truce = DriftTruce.create({ now: () => now });
  });

  function repair(minute: number, what = replicas): boolean {
    now = minute * MINUTE;
    return truce.noteRepair('a', what);
  }

  it('leaves alone for five minutes what was repaired three times in ten', () => {
    expect(repair(0)).toBe(false);
    expect(repair(4)).toBe(false);
    expect(truce.leftAlone('a')).toEqual([]);
    expect(repair(9)).toBe(true);
    now = 13.9 * MINUTE;
    expect(truce.leftAlone('a')).toEqual([replicas]);
    now = 14.1 * MINUTE;
    expect(truce.leftAlone('a')).toEqual([]);
    expect(repair(15)).toBe(false);
  });

  it('forgets repairs that are long ago', () => {
    repair(0);
    repair(5);
    expect(repair(10.1)).toBe(false);
  });

  it('tells stores, objects and paths apart', () => {
    repair(0);
    repair(1);
    expect(repair(2, finding('postgres', 'f:spec', 'f:replicas'))).toBe(false);
    expect(repair(2, finding('medusa-api', 'f:spec', 'f:paused'))).toBe(false);
    expect(truce.noteRepair('b', replicas)).toBe(false);
    expect(repair(2)).toBe(true);
    expect(truce.leftAlone('b')).toEqual([]);
  });
});
