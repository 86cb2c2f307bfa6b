import {
  type ClusterClient,
  type ObjectReference,
  retryShortLived,
  type StoreObservation,
} from '../../cluster';
import type { NewStoreEvent } from '../../database/NewStoreEvent';
import { HelmError, type ReleaseRemover } from '../../helm';
import type { OpenCluster } from '../ClusterGate';
import type { Diagnosis } from '../Diagnosis';
import { DELETION, withConditions } from '../storeConditions';
import type { StorePass } from '../StorePass';
import type { NamespaceSteps } from './NamespaceSteps';

export interface DeletionStepsOptions {
  client: ClusterClient;
  remover: ReleaseRemover;
  namespaces: NamespaceSteps;
  /** Ends a recording of the store's release, and waits for its end. */
  cancelRecording(storeId: string): Promise<void>;
}

/** The steps that take a store away: release, workloads and claims, namespace. None of them makes anything again. */
export class DeletionSteps {
  static create(options: DeletionStepsOptions): DeletionSteps {
    return new DeletionSteps(options);
  }

  private constructor(private readonly options: DeletionStepsOptions) {}

  /** A release that Helm can't uninstall is said and left to the namespace's deletion. */
  async removeRelease(pass: StorePass, cluster: OpenCluster): Promise<void> {
    const { id, namespace } = pass.record;
    pass.logger.info(`reconcile: deletion of store '${id}' begins`);
    await this.options.cancelRecording(id);
    await pass.checkpoint();
    await this.options.namespaces.bindRole(pass, cluster);
    let message = 'Helm uninstalled the release';
    try {
      await this.options.remover.remove({
        release: id,
        namespace,
        signal: pass.signal,
      });
    } catch (error) {
      if (!(error instanceof HelmError)) throw error;
      message = `Helm could not uninstall the release, its objects go with the namespace: ${error.message}`;
      pass.logger.warn(message);
    }
    await this.advance(pass, DELETION.releaseRemoved, {
      type: 'release-removed',
      message,
    });
  }

  /** Claims that are left to the namespace's deletion would make it take 5 to 10 s longer. */
  async deleteWorkloads(
    pass: StorePass,
    observation: StoreObservation,
  ): Promise<void> {
    const { workloads = [], claims = [], pods = [] } = observation;
    const { namespace } = pass.record;
    await pass.checkpoint();
    const references = [...workloads, ...pods, ...claims].map(
      ({ apiVersion, kind, metadata }) => ({
        apiVersion,
        kind,
        metadata: { name: metadata.name, namespace },
        uid: metadata.uid,
      }),
    );
    await Promise.all(
      references.map(({ uid, ...reference }) =>
        this.delete(pass, reference, uid),
      ),
    );
    await this.advance(pass, DELETION.workloadsDeleted, {
      type: 'workloads-deleted',
      message: `Workloads and ${claims.length} volume claims are being deleted`,
    });
  }

  async deleteNamespace(
    pass: StorePass,
    options: { uid: string; underway: boolean },
  ): Promise<void> {
    const { namespace } = pass.record;
    await pass.checkpoint();
    if (!options.underway) {
      await this.delete(
        pass,
        { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } },
        options.uid,
      );
    }
    await this.advance(pass, DELETION.namespaceDeleting, {
      type: 'namespace-deleting',
      message: `Namespace '${namespace}' is being deleted`,
    });
  }

  async finish(pass: StorePass, message: string): Promise<void> {
    await pass.transition(
      'DELETED',
      {
        deletedAt: new Date(),
        reason: undefined,
        message: undefined,
        remedy: undefined,
        attempt: 0,
        nextAttemptAt: undefined,
        conditions: withConditions(
          pass.record,
          [{ type: 'NamespaceReady', status: 'False', reason: 'Deleted' }],
          new Date(),
        ),
      },
      [{ type: 'deleted', message }],
    );
    pass.logger.info(`reconcile: store '${pass.record.id}' is DELETED`);
  }

  /** Something brought the namespace of a store back that was deleted minutes ago. */
  async deleteReappeared(pass: StorePass, uid: string): Promise<void> {
    const { namespace } = pass.record;
    await this.delete(
      pass,
      { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } },
      uid,
    );
    pass.logger.warn(
      `reconcile: namespace '${namespace}' of the DELETED store '${pass.record.id}' was there again and is deleted again`,
    );
    await pass.patch({}, [
      {
        type: 'namespace-reappeared',
        message: `Namespace '${namespace}' was there again and is deleted again`,
        details: { uid, deletedAgain: true },
      },
    ]);
  }

  /** It may be a restored backup, which only a person can tell. */
  async reportReappeared(pass: StorePass): Promise<void> {
    const { id, namespace } = pass.record;
    const message = `Namespace '${namespace}' is there again, long after its store was deleted: it may be a restored backup and is left alone`;
    pass.logger.error(`reconcile: store '${id}' is DELETED. ${message}`);
    await pass.patch({ message }, [
      {
        type: 'namespace-reappeared',
        message,
        details: { deletedAgain: false },
      },
    ]);
  }

  /** Names what keeps the namespace, once when it begins to and silently when it changes. */
  async block(pass: StorePass, diagnosis: Diagnosis): Promise<void> {
    const { record } = pass;
    const { reason, message, remedy } = diagnosis;
    if (record.reason === reason && record.message === message) return;
    await pass.patch(
      { reason, message, remedy },
      record.reason === reason
        ? []
        : [{ type: 'deletion-blocked', message, details: { reason } }],
    );
  }

  private async advance(
    pass: StorePass,
    reason: string,
    event: NewStoreEvent,
  ): Promise<void> {
    await pass.patch(
      {
        attempt: 0,
        nextAttemptAt: undefined,
        conditions: withConditions(
          pass.record,
          [{ type: 'NamespaceReady', status: 'False', reason }],
          new Date(),
        ),
      },
      [event],
    );
  }

  private async delete(
    pass: StorePass,
    reference: ObjectReference,
    uid: string | undefined,
  ): Promise<void> {
    const { signal } = pass;
    await retryShortLived(
      () => this.options.client.delete(reference, { uid, signal }),
      { signal },
    );
  }
}
