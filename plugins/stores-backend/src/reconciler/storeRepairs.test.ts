import type { DriftFinding } from '../cluster';
import type { StoreRepair } from '../database/StoreRepair';
import {
  beginRepairs,
  finishRepairs,
  leftAlone,
  untoldRepairs,
} from './storeRepairs';

const START = Date.parse('2026-01-01T00:00:00Z');
const MINUTE = 60_000;

const finding = (name: string, ...path: string[]): DriftFinding => ({
  object: {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace: 'store-a' },
  },
  type: 'changed',
  path,
  message: `${name} changed`,
});
const replicas = finding('medusa-api', 'f:spec', 'f:replicas');

describe('storeRepairs', () => {
  let record: { repairs?: StoreRepair[] };

  beforeEach(() => {
    record = {};
  });

  const at = (minute: number) => new Date(START + minute * MINUTE);

  /** @returns whether it was the last one for now */
  function repair(minute: number, what = replicas): boolean {
    record = { repairs: beginRepairs(record, [what]) };
    const { fought, repairs } = finishRepairs(record, at(minute));
    // As the database keeps it.
    record = JSON.parse(JSON.stringify({ repairs }));
    return fought.length > 0;
  }

  const left = (minute: number) =>
    leftAlone(record, at(minute)).map(({ message }) => message);

  it('leaves alone for five minutes what was repaired three times in ten', () => {
    expect(repair(0)).toBe(false);
    expect(repair(4)).toBe(false);
    expect(left(4)).toEqual([]);
    expect(repair(9)).toBe(true);
    expect(left(13.9)).toEqual(['medusa-api changed']);
    expect(left(14.1)).toEqual([]);
    expect(repair(15)).toBe(false);
  });

  it('forgets repairs that are long ago', () => {
    repair(0);
    repair(5);
    expect(repair(10.1)).toBe(false);
    expect(record.repairs?.[0]?.times).toHaveLength(2);
    repair(30, finding('postgres', 'f:spec'));
    expect(record.repairs).toHaveLength(1);
  });

  it('tells objects and paths apart', () => {
    repair(0);
    repair(1);
    expect(repair(2, finding('postgres', 'f:spec', 'f:replicas'))).toBe(false);
    expect(repair(2, finding('medusa-api', 'f:spec', 'f:paused'))).toBe(false);
    const service: DriftFinding = {
      ...replicas,
      object: { ...replicas.object, apiVersion: 'v1', kind: 'Service' },
    };
    expect(repair(2, service)).toBe(false);
    expect(repair(2)).toBe(true);
  });

  it("never leaves a namespace's Pod Security alone", () => {
    const loosened: DriftFinding = {
      ...finding('store-a', 'f:metadata', 'f:labels'),
      object: { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'a' } },
    };
    for (const minute of [0, 1, 2, 3]) {
      expect(repair(minute, loosened)).toBe(false);
    }
    expect(left(3)).toEqual([]);
  });

  it('does not leave alone for longer when the clock was set back', () => {
    repair(60);
    repair(61);
    repair(62);
    expect(left(1)).toEqual([]);
    expect(repair(1)).toBe(false);
  });

  it('keeps what was begun until it is told, with what is begun later', () => {
    record = { repairs: beginRepairs(record, [replicas]) };
    record = {
      repairs: beginRepairs(record, [finding('postgres', 'f:spec')]),
    };
    expect(untoldRepairs(record).map(({ message }) => message)).toEqual([
      'medusa-api changed',
      'postgres changed',
    ]);
    record = finishRepairs(record, at(0));
    expect(untoldRepairs(record)).toEqual([]);
  });

  it('keeps what tells of a repair, and not the object itself', () => {
    const { apiVersion, kind, metadata } = replicas.object;
    const live = {
      apiVersion,
      kind,
      metadata: { ...metadata, labels: { a: 'b' } },
      spec: {},
    };
    expect(
      beginRepairs(record, [{ ...replicas, object: live, manager: 'kubectl' }]),
    ).toEqual([{ ...replicas, manager: 'kubectl', times: [], untold: true }]);
  });

  it('remembers nothing where nothing was repaired', () => {
    expect(untoldRepairs({})).toEqual([]);
    expect(leftAlone({}, at(0))).toEqual([]);
    expect(finishRepairs({}, at(0))).toEqual({
      repairs: undefined,
      fought: [],
    });
  });

  it('says of a fight once that it is left alone', () => {
    repair(0);
    repair(1);
    expect(repair(2)).toBe(true);
    expect(repair(3, finding('postgres', 'f:spec'))).toBe(false);
  });

  it('counts what a crash left behind once', () => {
    record = { repairs: beginRepairs(record, [replicas]) };
    record = { repairs: beginRepairs(record, [replicas]) };
    record = finishRepairs(record, at(0));
    expect(record.repairs?.map(({ times }) => times.length)).toEqual([1]);
  });
});
