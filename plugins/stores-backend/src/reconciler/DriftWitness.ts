import {
  type DriftFinding,
  judgeDrift,
  type KubernetesObject,
  type ObjectReference,
} from '../cluster';

export interface DriftWitnessOptions {
  /** What the API server answered to our applies. */
  answers: readonly KubernetesObject[];
  /** An object as the caches know it; undefined while they can't tell. */
  find(
    reference: ObjectReference,
  ): { object: KubernetesObject | undefined } | undefined;
  onFound(findings: DriftFinding[]): void;
}

/** Judges a store's objects at each moment, so that what is undone in the next one is known all the same. */
export class DriftWitness {
  static create(options: DriftWitnessOptions): DriftWitness {
    return new DriftWitness(options);
  }

  private readonly uids = new Map<string, string>();

  private constructor(private readonly options: DriftWitnessOptions) {
    this.look();
  }

  /** To be called at each change. */
  look(): void {
    const found = this.options.answers.flatMap(answer => this.judge(answer));
    if (found.length > 0) this.options.onFound(found);
  }

  /** An object that we made again is another one by right. */
  forgive(findings: readonly DriftFinding[]): void {
    for (const { object, type } of findings) {
      if (type === 'gone') this.uids.delete(keyOf(object));
    }
  }

  private judge(answer: KubernetesObject): DriftFinding[] {
    const live = this.options.find(answer)?.object;
    const uid = live?.metadata.uid;
    // While it is away the caches don't say whether it lost our labels or is gone; whoever comes next will know.
    if (!uid) return [];
    const key = keyOf(answer);
    const before = this.uids.get(key);
    this.uids.set(key, uid);
    if (before === undefined || before === uid) {
      return judgeDrift({ answer, live });
    }
    // Another claim is a loss of data, which others judge.
    return answer.kind === 'PersistentVolumeClaim'
      ? []
      : judgeDrift({ answer, live: undefined });
  }
}

function keyOf({ kind, metadata }: ObjectReference): string {
  return `${kind}/${metadata.name}`;
}
