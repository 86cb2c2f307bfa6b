import type { LoggerService } from '@backstage/backend-plugin-api';
import { isError } from '@backstage/errors';
import {
  type ClusterClient,
  type DriftFinding,
  judgeDrift,
  type KubernetesObject,
} from '../cluster';
import type { StoreRecord } from '../database/StoreRecord';
import type { StoreRepository } from '../database/StoreRepository';
import type { DerivedSecrets, EngineRegistry } from '../engines';
import { judgeRelease, readReleaseRecords } from '../helm';
import { asAnswer } from './asAnswer';
import type { ClusterGate } from './ClusterGate';
import type { StoreLeases } from './leases';
import { appliedGeneration, hasData } from './storeConditions';
import type { StoreDrift } from './StoreDrift';
import { buildSecrets } from './storeObjects';

/** One request each, in all replicas together. */
const EVERY_MS = 2_500;
/** A store that was repaired is looked at this much later, when what was done to it is done. */
const SOON_MS = 1_000;

export interface SweeperOptions {
  client: ClusterClient;
  repository: StoreRepository;
  engines: EngineRegistry;
  derived: DerivedSecrets;
  drift: StoreDrift;
  gate: ClusterGate;
  leases: StoreLeases;
  logger: LoggerService;
  /** The ConfigMap that says that there is data. */
  facts(record: StoreRecord): KubernetesObject;
  /** Told of a store in which something is to be put right. */
  onDrift(storeId: string): void;
  /** Told of a store whose release record isn't ours, and why. */
  onRecordWrong(storeId: string, why: string): void;
}

/**
 * Looks at what may not be watched across the cluster, store by store and slowly: Secrets, among them Helm's release
 * records, and the ConfigMap that says that there is data.
 */
export class Sweeper {
  static create(options: SweeperOptions): Sweeper {
    return new Sweeper(options);
  }

  private readonly round: string[] = [];
  private readonly urgent = new Set<string>();
  /** The newest record of each store that was found right: it is not unpacked again. */
  private readonly right = new Map<string, string>();
  private readonly stopping = new AbortController();
  private loop: Promise<void> | undefined;
  private factsTurn: string | undefined;

  private constructor(private readonly options: SweeperOptions) {}

  start(): void {
    this.loop ??= this.run(this.stopping.signal);
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.loop;
  }

  /** Puts a store before all others: something was done to it. */
  soon(storeId: string): void {
    const timer = setTimeout(() => this.urgent.add(storeId), SOON_MS);
    timer.unref();
  }

  private async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await pause(EVERY_MS * this.options.leases.replicas, signal);
      if (signal.aborted) return;
      try {
        await this.turn(signal);
      } catch (error) {
        if (signal.aborted) return;
        this.options.logger.debug(
          `A look at Secrets failed and comes again in its turn: ${
            isError(error) ? error.message : error
          }`,
        );
      }
    }
  }

  /** One request to the API server. */
  private async turn(signal: AbortSignal): Promise<void> {
    const { gate, leases, repository } = this.options;
    if (!gate.status().reachable) return;
    const facts = this.factsTurn;
    this.factsTurn = undefined;
    const storeId = facts ?? (await this.next());
    if (!storeId || !leases.holds(storeId)) return;
    const record = await repository.get(storeId);
    if (!record || !isSwept(record)) return;
    if (facts) await this.sweepFacts(record, signal);
    else await this.sweepSecrets(record, signal);
  }

  private async next(): Promise<string | undefined> {
    const [first] = this.urgent;
    if (first) {
      this.urgent.delete(first);
      return first;
    }
    if (this.round.length === 0) {
      const { leases, repository } = this.options;
      const unfinished = await repository.listUnfinished();
      this.round.push(...unfinished.filter(id => leases.holds(id)));
    }
    return this.round.shift();
  }

  private async sweepSecrets(
    record: StoreRecord,
    signal: AbortSignal,
  ): Promise<void> {
    const { client, drift, gate, onDrift } = this.options;
    const secrets = await client.list<KubernetesObject>({
      apiVersion: 'v1',
      kind: 'Secret',
      namespace: record.namespace,
      signal,
    });
    const { installation } = await gate.open(signal);
    const findings = this.wantedSecrets(record, installation.id).flatMap(
      wanted => judgeByName(wanted, secrets),
    );
    if (drift.report(record.id, 'Secret', findings)) onDrift(record.id);
    await this.judgeRecord(record, secrets);
    if (hasData(record)) this.factsTurn = record.id;
  }

  private async sweepFacts(
    record: StoreRecord,
    signal: AbortSignal,
  ): Promise<void> {
    const { client, drift, onDrift } = this.options;
    const wanted = this.options.facts(record);
    const found = await client.get<KubernetesObject>(wanted, { signal });
    const findings = judgeDrift({ answer: asAnswer(wanted), live: found });
    if (drift.report(record.id, 'ConfigMap', findings)) onDrift(record.id);
  }

  private async judgeRecord(
    record: StoreRecord,
    secrets: readonly KubernetesObject[],
  ): Promise<void> {
    const { onRecordWrong, repository } = this.options;
    if (record.state !== 'READY') return;
    const generation = await repository.getGeneration(
      record.id,
      appliedGeneration(record),
    );
    if (!generation) return;
    const records = readReleaseRecords(secrets, record.id);
    const [latest] = records;
    const mark = `${generation.generation}/${latest?.uid}/${latest?.resourceVersion}`;
    if (latest && this.right.get(record.id) === mark) return;
    const verdict = judgeRelease({
      records,
      values: generation.values,
      now: new Date(),
    });
    if (verdict.is === 'right') this.right.set(record.id, mark);
    if (verdict.is === 'wrong') onRecordWrong(record.id, verdict.why);
  }

  private wantedSecrets(
    record: StoreRecord,
    installationId: string,
  ): KubernetesObject[] {
    const { derived, engines } = this.options;
    return buildSecrets({
      record,
      installationId,
      secrets: engines
        .get(record.engine)
        .secrets({ storeId: record.id, derived }),
    });
  }
}

/** Only what we wrote counts: each key's bytes, not what others keep beside them. */
function judgeByName(
  wanted: KubernetesObject,
  secrets: readonly KubernetesObject[],
): DriftFinding[] {
  const { metadata } = wanted;
  const answer = asAnswer({
    ...wanted,
    metadata: { name: metadata.name, namespace: metadata.namespace },
  });
  return judgeDrift({
    answer,
    live: secrets.find(secret => secret.metadata.name === metadata.name),
  });
}

/** A person works on a paused store by hand, and one that is being made or deleted is looked at by the loop itself. */
function isSwept({ pausedUntil, state }: StoreRecord): boolean {
  return (
    ['READY', 'DEGRADED', 'FAILED'].includes(state) &&
    !(pausedUntil && pausedUntil > new Date())
  );
}

async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  await new Promise<void>(resolve => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
