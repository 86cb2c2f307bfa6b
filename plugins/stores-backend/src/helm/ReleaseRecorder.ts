import type { JsonObject } from '@backstage/types';
import type { ClusterClient, KubernetesObject } from '../cluster';
import type { HelmCommand } from './HelmCommand';

const RECORD_TIMEOUT_MS = 120_000;
const PENDING =
  'status in (pending-install,pending-upgrade,pending-rollback,uninstalling)';

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
    helm: HelmCommand;
    client: ClusterClient;
  }): ReleaseRecorder {
    return new ReleaseRecorder(options.helm, options.client);
  }

  private last: Promise<unknown> = Promise.resolve();

  private constructor(
    private readonly helm: HelmCommand,
    private readonly client: ClusterClient,
  ) {}

  /** @throws HelmError with Helm's words */
  async record(options: RecordReleaseOptions): Promise<void> {
    const turn = this.last.then(() => this.write(options));
    this.last = turn.catch(() => undefined);
    await turn;
  }

  private async write(options: RecordReleaseOptions): Promise<void> {
    options.signal?.throwIfAborted();
    await this.deletePendingRecords(options);
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
  }

  /** A Helm that was killed leaves a record that makes the next one refuse; only one of ours runs at a time. */
  private async deletePendingRecords(
    options: RecordReleaseOptions,
  ): Promise<void> {
    const { namespace, release, signal } = options;
    const records = await this.client.list<KubernetesObject>({
      apiVersion: 'v1',
      kind: 'Secret',
      namespace,
      labelSelector: `owner=helm,name=${release},${PENDING}`,
      signal,
    });
    for (const { metadata } of records) {
      await this.client.delete(
        {
          apiVersion: 'v1',
          kind: 'Secret',
          metadata: { name: metadata.name, namespace },
        },
        { uid: metadata.uid, signal },
      );
    }
  }
}
