import type { JsonObject } from '@backstage/types';
import type { ClusterClient, KubernetesObject } from '../cluster';
import type { HelmCommand } from './HelmCommand';
import { PENDING_FOR_MS } from './judgeRelease';
import { isPending, readReleaseRecords } from './readReleaseRecord';

const RECORD_TIMEOUT_MS = 120_000;
export interface RecordReleaseOptions {
  chart: string;
  release: string;
  namespace: string;
  values: JsonObject;
  signal?: AbortSignal;
}

/**
 * Lets Helm write its own record of what was applied already. With the same chart, values and field manager it changes
 * no object. Records are written one at a time: nobody waits for them.
 */
export class ReleaseRecorder {
  static create(options: {
    helm: Pick<HelmCommand, 'run'>;
    client: Pick<ClusterClient, 'list' | 'delete'>;
  }): ReleaseRecorder {
    return new ReleaseRecorder(options.helm, options.client);
  }

  private last: Promise<unknown> = Promise.resolve();
  /** What a Helm of ours that was ended may have left. */
  private readonly interrupted = new Set<string>();

  private constructor(
    private readonly helm: Pick<HelmCommand, 'run'>,
    private readonly client: Pick<ClusterClient, 'list' | 'delete'>,
  ) {}

  /**
   * @param mayWrite - asked when the turn has come
   * @returns false when it may not, or somebody else's Helm is at work on the release: nothing was recorded then
   * @throws HelmError with Helm's words
   */
  async record(
    options: RecordReleaseOptions,
    mayWrite: () => Promise<boolean>,
  ): Promise<boolean> {
    const turn = this.last.then(() => this.write(options, mayWrite));
    this.last = turn.catch(() => undefined);
    return await turn;
  }

  private async write(
    options: RecordReleaseOptions,
    mayWrite: () => Promise<boolean>,
  ): Promise<boolean> {
    options.signal?.throwIfAborted();
    if (!(await this.deletePendingRecords(options))) return false;
    if (!(await mayWrite())) return false;
    try {
      await this.helm.run({
        args: [
          'upgrade',
          '--install',
          options.release,
          options.chart,
          '--namespace',
          options.namespace,
          '--server-side=true',
          '--force-conflicts',
          '--take-ownership',
          '--history-max',
          '5',
        ],
        values: options.values,
        timeoutMs: RECORD_TIMEOUT_MS,
        signal: options.signal,
      });
    } catch (error) {
      // Any other failure may be due to somebody's Helm: what is pending then may be theirs.
      if (options.signal?.aborted) this.interrupted.add(options.release);
      throw error;
    }
    this.interrupted.delete(options.release);
    return true;
  }

  /**
   * A Helm that was killed leaves a record that makes the next one refuse. One of ours can't be at work: they take turns,
   * under the store's lease.
   *
   * @returns false when another's may be
   */
  private async deletePendingRecords(
    options: RecordReleaseOptions,
  ): Promise<boolean> {
    const { namespace, release, signal } = options;
    const secrets = await this.client.list<KubernetesObject>({
      apiVersion: 'v1',
      kind: 'Secret',
      namespace,
      labelSelector: `owner=helm,name=${release}`,
      signal,
    });
    const pending = readReleaseRecords(secrets, release).filter(isPending);
    if (
      !this.interrupted.has(release) &&
      pending.some(
        ({ writtenAt }) => Date.now() - writtenAt.getTime() < PENDING_FOR_MS,
      )
    ) {
      return false;
    }
    for (const { name, uid } of pending) {
      await this.client.delete(
        { apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace } },
        { uid, signal },
      );
    }
    return true;
  }
}
