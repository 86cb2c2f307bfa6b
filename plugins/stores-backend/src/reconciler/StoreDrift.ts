import {
  type ClusterClient,
  type ClusterWatches,
  type DriftFinding,
  isWatchedKind,
  judgeDrift,
  type KubernetesObject,
  type ObjectReference,
} from '../cluster';
import type { StoreRecord } from '../database/StoreRecord';
import type { StoreRepository } from '../database/StoreRepository';
import { DriftWitness } from './DriftWitness';
import { appliedGeneration } from './storeConditions';
import { isSamePlace, leftAlone, untoldRepairs } from './storeRepairs';
import { buildRoleBinding, type PlatformAccount } from './storeObjects';
import { asAnswer } from './asAnswer';

/** What was seen while Helm was at work is reported under this instead of a kind. */
const WITNESSED = 'witnessed';

export interface StoreDriftOptions {
  client: ClusterClient;
  watches: ClusterWatches;
  repository: StoreRepository;
  account: PlatformAccount;
}

/** What of a store's objects is not as we applied it. */
export interface JudgedDrift {
  /** To be put right. */
  found: DriftFinding[];
  /** Came back so often that it is left alone for now, whether it is there at the moment or not. */
  left: DriftFinding[];
}

/** Judges a store's drift over the watches' caches: an unchanged store costs no API request. */
export class StoreDrift {
  static create(options: StoreDriftOptions): StoreDrift {
    return new StoreDrift(options);
  }

  private readonly reported = new Map<string, Map<string, DriftFinding[]>>();
  private readonly witnesses = new Map<string, DriftWitness>();

  private constructor(private readonly options: StoreDriftOptions) {}

  /**
   * What somebody who looked at a kind that is not watched found; it is judged until it is taken back.
   *
   * @returns whether there is anything
   */
  report(storeId: string, kind: string, findings: DriftFinding[]): boolean {
    const byKind = this.reported.get(storeId) ?? new Map();
    byKind.set(kind, findings);
    this.reported.set(storeId, byKind);
    return findings.length > 0;
  }

  /** Takes back what was reported of these places: they were put right. */
  takeBack(storeId: string, findings: readonly DriftFinding[]): void {
    for (const [kind, reported] of this.reported.get(storeId) ?? []) {
      this.report(
        storeId,
        kind,
        reported.filter(one => !findings.some(two => isSamePlace(one, two))),
      );
    }
    this.witnesses.get(storeId)?.forgive(findings);
  }

  /**
   * Looks at each change of a store's objects from now on, until what it returns is called. What is found is judged until
   * it is taken back, though Helm, which applies the same objects, may undo it before anybody else sees it.
   */
  async witness(record: StoreRecord): Promise<() => void> {
    const { watches } = this.options;
    const witness = DriftWitness.create({
      answers: (await this.answers(record)) ?? [],
      find: reference => watches.find(reference),
      onFound: findings => {
        const before = this.reported.get(record.id)?.get(WITNESSED) ?? [];
        const added = findings.filter(
          one => !before.some(two => isSamePlace(one, two)),
        );
        this.report(record.id, WITNESSED, [...before, ...added]);
      },
    });
    this.witnesses.set(record.id, witness);
    const unfollow = watches.follow(record.id, () => witness.look());
    return () => {
      unfollow();
      this.witnesses.delete(record.id);
    };
  }

  /** Undefined while nothing can be said: the caches aren't filled, or nothing was kept to judge by. */
  async judge(
    record: StoreRecord,
    options: { signal?: AbortSignal } = {},
  ): Promise<JudgedDrift | undefined> {
    const { watches } = this.options;
    if (!watches.synced) return undefined;
    const answers = await this.answers(record);
    if (!answers) return undefined;
    const findings = await Promise.all(
      answers.map(answer => this.judgeObject(answer, options.signal)),
    );
    const present: DriftFinding[] = findings.flat();
    const found = [
      present,
      [...(this.reported.get(record.id)?.values() ?? [])].flat(),
      // Nobody watches these: whether they were put right before a crash is known only by doing it again.
      untoldRepairs(record).filter(({ object }) => !isWatchedKind(object)),
    ].reduce<DriftFinding[]>(
      (all, more) => [
        ...all,
        ...more.filter(one => !all.some(two => isSamePlace(one, two))),
      ],
      [],
    );
    const left = leftAlone(record, new Date());
    return {
      found: found.filter(
        finding => !left.some(other => isSamePlace(finding, other)),
      ),
      left,
    };
  }

  /** What the API server answered to our apply of an object; undefined when nothing was kept. */
  async answerOf(
    record: StoreRecord,
    reference: ObjectReference,
  ): Promise<KubernetesObject | undefined> {
    const answers = await this.answers(record);
    return answers?.find(
      ({ kind, metadata }) =>
        kind === reference.kind && metadata.name === reference.metadata.name,
    );
  }

  /** The object as it is now: as the caches know it, else as the API server does. */
  async live(
    reference: ObjectReference,
    signal?: AbortSignal,
  ): Promise<KubernetesObject | undefined> {
    return (
      this.options.watches.find(reference)?.object ??
      (await this.options.client.get(reference, { signal }))
    );
  }

  /** The uid of an object that the caches know. */
  uidOf(reference: ObjectReference): string | undefined {
    return this.options.watches.find(reference)?.object?.metadata.uid;
  }

  forget(storeId: string): void {
    this.reported.delete(storeId);
  }

  private async answers(
    record: StoreRecord,
  ): Promise<KubernetesObject[] | undefined> {
    const generation = await this.options.repository.getGeneration(
      record.id,
      appliedGeneration(record),
    );
    if (!generation?.answers) return undefined;
    const kept: KubernetesObject[] = JSON.parse(
      JSON.stringify(generation.answers),
    );
    return [asAnswer(this.binding(record)), ...kept];
  }

  /** Our own right in the namespace; who looks at the labels of it is whoever gave the namespace its own. */
  private binding(record: StoreRecord): KubernetesObject {
    const binding = buildRoleBinding({
      record,
      installationId: '',
      account: this.options.account,
    });
    const { name, namespace } = binding.metadata;
    return { ...binding, metadata: { name, namespace } };
  }

  private async judgeObject(
    answer: KubernetesObject,
    signal: AbortSignal | undefined,
  ): Promise<DriftFinding[]> {
    const { client, watches } = this.options;
    if (!isWatchedKind(answer)) return [];
    const known = watches.find(answer);
    // The caches are older than what we wrote: the change itself wakes the store again.
    if (!known) return [];
    // Without our labels it is out of the watch's sight, and not gone.
    const live = known.object ?? (await client.get(answer, { signal }));
    if (!live && answer.kind === 'PersistentVolumeClaim') return [];
    return judgeDrift({ answer, live });
  }
}
