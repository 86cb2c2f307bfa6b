import { type DriftFinding, pathKey } from '../cluster';
import type { StoreRecord } from '../database/StoreRecord';
import type { StoreRepair } from '../database/StoreRepair';

const REPAIRS = 3;
const WITHIN_MS = 10 * 60_000;
const LEFT_FOR_MS = 5 * 60_000;

type Repaired = Pick<StoreRecord, 'repairs'>;

/** What a store's repairs are once these begin: whoever finds them so after a crash can tell of them. */
export function beginRepairs(
  { repairs = [] }: Repaired,
  findings: readonly DriftFinding[],
): StoreRepair[] {
  const others = repairs.filter(
    repair => !findings.some(finding => isSamePlace(finding, repair)),
  );
  const begun = findings.map(({ object, type, path, manager, message }) => {
    const { apiVersion, kind, metadata } = object;
    const { name, namespace } = metadata;
    const known = repairs.find(repair => isSamePlace(repair, { object, path }));
    return {
      object: { apiVersion, kind, metadata: { name, namespace } },
      type,
      path,
      manager,
      message,
      times: known?.times ?? [],
      untold: true,
    };
  });
  return [...others, ...begun];
}

/** What was begun and nobody was told of. */
export function untoldRepairs({ repairs = [] }: Repaired): StoreRepair[] {
  return repairs.filter(({ untold }) => untold);
}

/**
 * What is remembered of a store's repairs once they are told. What was repaired three times in ten minutes is somebody's
 * who will not let go, such as an autoscaler.
 */
export function finishRepairs(
  { repairs = [] }: Repaired,
  now: Date,
): { repairs: StoreRepair[] | undefined; fought: StoreRepair[] } {
  const remembered = repairs
    .map(repair => {
      const lately = timesWithin(repair, WITHIN_MS, now);
      if (!repair.untold) return { ...repair, times: lately };
      // A fight that was left alone for its time begins anew.
      const before = isFought(repair) && !isLeft(repair, now) ? [] : lately;
      return { ...repair, times: [...before, now.toISOString()] };
    })
    .filter(({ times }) => times.length > 0);
  const fought = remembered.filter(repair => repair.untold && isFought(repair));
  return {
    repairs:
      remembered.length > 0
        ? remembered.map(repair => ({ ...repair, untold: false }))
        : undefined,
    fought,
  };
}

/** What of the store is left alone for five minutes, whether it is as it should be at the moment or not. */
export function leftAlone(
  { repairs = [] }: Repaired,
  now: Date,
): DriftFinding[] {
  return repairs.filter(repair => isFought(repair) && isLeft(repair, now));
}

/** Whether two findings are about the same place. */
export function isSamePlace(left: Place, right: Place): boolean {
  return keyOf(left) === keyOf(right);
}

type Place = Pick<DriftFinding, 'object' | 'path'>;

/** A namespace's Pod Security and owner are put right however often. */
function isFought({ object, times }: StoreRepair): boolean {
  return object.kind !== 'Namespace' && times.length >= REPAIRS;
}

function isLeft(repair: StoreRepair, now: Date): boolean {
  return timesWithin(repair, LEFT_FOR_MS, now).length > 0;
}

/** A clock that was set back makes none of them later than now. */
function timesWithin(
  { times }: StoreRepair,
  milliseconds: number,
  now: Date,
): string[] {
  return times.filter(time => {
    const age = now.getTime() - Date.parse(time);
    return age >= 0 && age < milliseconds;
  });
}

function keyOf({ object, path }: Place): string {
  return `${object.kind}/${object.metadata.name}/${pathKey(path)}`;
}
