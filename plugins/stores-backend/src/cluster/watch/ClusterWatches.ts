import type { LoggerService } from '@backstage/backend-plugin-api';
import { isError } from '@backstage/errors';
import {
  INSTALLATION_LABEL,
  STORE_ID_ANNOTATION,
} from '@storeyard/backstage-plugin-stores-common';
import type { ClusterClient } from '../ClusterClient';
import { ClusterApiError, ClusterUnreachableError } from '../ClusterError';
import type { KubernetesObject, ObjectReference } from '../types';
import { Informer } from './Informer';
import { OwnWrites } from './OwnWrites';
import { WATCHED_KINDS, type WatchedKind } from './watchedKinds';

/** Changes within so short a time wake a store once. */
const GATHER_MS = 50;

export interface ClusterWatchesOptions {
  client: ClusterClient;
  writes: OwnWrites;
  logger: LoggerService;
  /** Told of each store of which something changed. */
  onStoreChanged(storeId: string): void;
  /** Told when all kinds that a store consists of are known. */
  onSynced(): void;
}

/**
 * What the cluster holds of all stores, of the pods, nodes and volumes, kept by watches: reading it costs the API server
 * nothing. An answer is given only while the caches are known to be no older than what we wrote.
 */
export class ClusterWatches {
  static create(options: ClusterWatchesOptions): ClusterWatches {
    return new ClusterWatches(options);
  }

  private informers = new Map<string, Informer>();
  private readonly changed = new Set<string>();
  private readonly followers = new Map<string, Set<() => void>>();
  private readonly troubled = new Set<string>();
  private timer: NodeJS.Timeout | undefined;
  private installationId: string | undefined;

  private constructor(private readonly options: ClusterWatchesOptions) {}

  /** To be called when the installation's cluster is known; later calls do nothing. */
  start(installationId: string): void {
    if (this.installationId !== undefined) return;
    this.installationId = installationId;
    this.informers = new Map(
      WATCHED_KINDS.map(watched => [
        kindKey(watched),
        this.createInformer(watched, installationId),
      ]),
    );
    for (const informer of this.informers.values()) informer.start();
  }

  async stop(): Promise<void> {
    clearTimeout(this.timer);
    await Promise.all([...this.informers.values()].map(one => one.stop()));
  }

  /**
   * Calls back at each single change of a store's objects, right after the caches took it in.
   *
   * @returns what ends it
   */
  follow(storeId: string, onChange: () => void): () => void {
    const ofStore = this.followers.get(storeId) ?? new Set();
    this.followers.set(storeId, ofStore.add(onChange));
    return () => {
      ofStore.delete(onChange);
      if (ofStore.size === 0) this.followers.delete(storeId);
    };
  }

  /** Whether every kind that a store consists of is known. */
  get synced(): boolean {
    return WATCHED_KINDS.filter(({ scope }) => scope === 'ours').every(
      watched => this.informers.get(kindKey(watched))?.synced,
    );
  }

  /** Each kind that is watched, with the seconds since the API server last said something about it. */
  get ages(): { kind: string; seconds(): number | undefined }[] {
    return WATCHED_KINDS.map(watched => ({
      kind: watched.kind,
      seconds: () => this.informers.get(kindKey(watched))?.silentSeconds,
    }));
  }

  /** The objects of a kind in a namespace, or undefined when the caches can't tell for now. */
  list<T extends KubernetesObject>(where: {
    apiVersion: string;
    kind: string;
    namespace: string;
  }): T[] | undefined {
    const informer = this.current(where);
    return informer && asKind<T>(informer.list(where.namespace));
  }

  /** All objects of a kind, or undefined when the kind is not known (yet). */
  listAll<T extends KubernetesObject>(where: {
    apiVersion: string;
    kind: string;
  }): T[] | undefined {
    const informer = this.informers.get(kindKey(where));
    return informer?.synced ? asKind<T>(informer.list()) : undefined;
  }

  /** An object, if the caches know it; that they don't may mean that it lost our labels. */
  find<T extends KubernetesObject>(
    reference: ObjectReference,
  ): { object: T | undefined } | undefined {
    const { apiVersion, kind, metadata } = reference;
    const { name, namespace } = metadata;
    const informer = this.current({
      apiVersion,
      kind,
      namespace: namespace ?? name,
    });
    if (!informer) return undefined;
    const found = informer.get(name, namespace);
    return { object: found && asKind<T>([found])[0] };
  }

  private current(where: {
    apiVersion: string;
    kind: string;
    namespace: string;
  }): Informer | undefined {
    const informer = this.informers.get(kindKey(where));
    return informer?.synced &&
      this.options.writes.isKnownAt(informer.version, where)
      ? informer
      : undefined;
  }

  private createInformer(
    watched: WatchedKind,
    installationId: string,
  ): Informer {
    const { apiVersion, kind, scope, trim } = watched;
    const isOurs = ({ metadata }: KubernetesObject) =>
      metadata.labels?.[INSTALLATION_LABEL] === installationId;
    return Informer.create({
      client: this.options.client,
      apiVersion,
      kind,
      ...(scope === 'ours' && {
        labelSelector: `${INSTALLATION_LABEL}=${installationId},${STORE_ID_ANNOTATION}`,
      }),
      trim: object => trim({ ...object, apiVersion, kind }, isOurs),
      onChange: object => this.noteChange(object),
      onSynced: () => {
        if (this.synced) this.options.onSynced();
      },
      onTrouble: (error, pauseMs) => this.noteTrouble(kind, error, pauseMs),
    });
  }

  /** Watches end all the time; one that can't even begin wants somebody's attention. */
  private noteTrouble(kind: string, error: unknown, pauseMs: number): void {
    const { logger } = this.options;
    const words = `The watch of kind '${kind}' goes on in ${pauseMs} ms: ${
      isError(error) ? error.message : error
    }`;
    const usual =
      error instanceof ClusterUnreachableError ||
      (error instanceof ClusterApiError && error.status === 410);
    if (usual || this.troubled.has(kind)) {
      logger.debug(words);
    } else {
      this.troubled.add(kind);
      logger.warn(words);
    }
  }

  private noteChange({ metadata }: KubernetesObject): void {
    const storeId = metadata.labels?.[STORE_ID_ANNOTATION];
    if (!storeId) return;
    this.followers.get(storeId)?.forEach(onChange => onChange());
    this.changed.add(storeId);
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      const storeIds = [...this.changed];
      this.changed.clear();
      for (const changed of storeIds) this.options.onStoreChanged(changed);
    }, GATHER_MS);
  }
}

function kindKey(of: { apiVersion: string; kind: string }): string {
  return `${of.apiVersion}/${of.kind}`;
}

/** The caller names the kind, and with it the type. */
function asKind<T extends KubernetesObject>(objects: KubernetesObject[]): T[] {
  return objects as T[];
}
