import { type DriftFinding, pathKey } from '../cluster';

const REPAIRS = 3;
const WITHIN_MS = 10 * 60_000;
const LEFT_FOR_MS = 5 * 60_000;

/**
 * Remembers what was repaired lately. What came back three times in ten minutes is somebody's who will not let go, such as
 * an autoscaler: it is left alone for five minutes.
 */
export class DriftTruce {
  static create(options: { now?: () => number } = {}): DriftTruce {
    return new DriftTruce(options.now ?? (() => performance.now()));
  }

  private readonly repairs = new Map<string, Map<string, number[]>>();

  private constructor(private readonly now: () => number) {}

  /**
   * Notes a repair.
   *
   * @returns whether it was the last one for now
   */
  noteRepair(storeId: string, finding: DriftFinding): boolean {
    const now = this.now();
    const ofStore = this.repairs.get(storeId) ?? new Map<string, number[]>();
    const key = keyOf(finding);
    const times = [...(ofStore.get(key) ?? []), now].filter(
      time => now - time < WITHIN_MS,
    );
    ofStore.set(key, times);
    this.repairs.set(storeId, ofStore);
    return times.length >= REPAIRS;
  }

  isLeftAlone(storeId: string, finding: DriftFinding): boolean {
    const ofStore = this.repairs.get(storeId);
    const key = keyOf(finding);
    const times = ofStore?.get(key) ?? [];
    const last = times.at(-1);
    if (last === undefined || times.length < REPAIRS) return false;
    if (this.now() - last < LEFT_FOR_MS) return true;
    ofStore?.delete(key);
    return false;
  }

  forget(storeId: string): void {
    this.repairs.delete(storeId);
  }
}

function keyOf({ object, path }: DriftFinding): string {
  return `${object.kind}/${object.metadata.name}/${pathKey(path)}`;
}
