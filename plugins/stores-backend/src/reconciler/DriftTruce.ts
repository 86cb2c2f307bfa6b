import { type DriftFinding, pathKey } from '../cluster';

const REPAIRS = 3;
const WITHIN_MS = 10 * 60_000;
const LEFT_FOR_MS = 5 * 60_000;

interface Fight {
  finding: DriftFinding;
  repairs: number[];
}

/**
 * Remembers what was repaired lately. What came back three times in ten minutes is somebody's who will not let go, such as
 * an autoscaler: it is left alone for five minutes.
 */
export class DriftTruce {
  static create(options: { now?: () => number } = {}): DriftTruce {
    return new DriftTruce(options.now ?? (() => performance.now()));
  }

  private readonly fights = new Map<string, Map<string, Fight>>();

  private constructor(private readonly now: () => number) {}

  /**
   * Notes a repair.
   *
   * @returns whether it was the last one for now
   */
  noteRepair(storeId: string, finding: DriftFinding): boolean {
    const now = this.now();
    const ofStore = this.fights.get(storeId) ?? new Map<string, Fight>();
    const key = keyOf(finding);
    const repairs = [...(ofStore.get(key)?.repairs ?? []), now].filter(
      time => now - time < WITHIN_MS,
    );
    ofStore.set(key, { finding, repairs });
    this.fights.set(storeId, ofStore);
    return repairs.length >= REPAIRS;
  }

  /** What of the store is left alone for now, whether it is as it should be at the moment or not. */
  leftAlone(storeId: string): DriftFinding[] {
    const ofStore = this.fights.get(storeId);
    const left: DriftFinding[] = [];
    for (const [key, { finding, repairs }] of ofStore ?? []) {
      if (repairs.length < REPAIRS) continue;
      const last = repairs.at(-1) ?? 0;
      if (this.now() - last < LEFT_FOR_MS) left.push(finding);
      else ofStore?.delete(key);
    }
    return left;
  }

  forget(storeId: string): void {
    this.fights.delete(storeId);
  }
}

/** Whether two findings are about the same place. */
export function isSamePlace(left: DriftFinding, right: DriftFinding): boolean {
  return keyOf(left) === keyOf(right);
}

function keyOf({ object, path }: DriftFinding): string {
  return `${object.kind}/${object.metadata.name}/${pathKey(path)}`;
}
