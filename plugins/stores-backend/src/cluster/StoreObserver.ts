import { NONCE_ANNOTATION } from '@storeyard/backstage-plugin-stores-common';
import type { ClusterClient } from './ClusterClient';
import { StoreReader } from './StoreReader';
import type {
  ContainerLog,
  NamespaceFacts,
  StoreObservation,
} from './StoreObservation';
import { describeObject } from './resources';
import type {
  ClaimObject,
  EventObject,
  KubernetesObject,
  NamespaceObject,
  PodObject,
  VolumeObject,
  WorkloadObject,
} from './types';
import type { ClusterWatches } from './watch';

const LOG_LINES = 20;

/** What a store consists of and what holds namespaces up; our right to list them goes with the namespace's own objects. */
const LEFTOVER_KINDS: readonly [apiVersion: string, kind: string][] = [
  ['v1', 'Pod'],
  ['v1', 'PersistentVolumeClaim'],
  ['apps/v1', 'Deployment'],
  ['apps/v1', 'StatefulSet'],
  ['v1', 'Service'],
  ['networking.k8s.io/v1', 'Ingress'],
  ['networking.k8s.io/v1', 'NetworkPolicy'],
];

export interface ObserveOptions {
  namespace: string;
  /** The nonce that proves the namespace to be ours. */
  nonce: string;
  signal?: AbortSignal;
}

/** Tells what a namespace is to a store; undefined when there is none. */
export function toNamespaceFacts(
  found: NamespaceObject | undefined,
  nonce: string,
): NamespaceFacts {
  if (!found) return { exists: false };
  const { annotations = {}, labels = {} } = found.metadata;
  const blockers = (found.status?.conditions ?? [])
    .filter(({ status }) => status === 'True')
    .flatMap(({ message }) => (message ? [message] : []));
  return {
    exists: true,
    uid: found.metadata.uid ?? '',
    ours: annotations[NONCE_ANNOTATION] === nonce,
    terminating: Boolean(found.metadata.deletionTimestamp),
    blockers,
    labels,
    annotations,
  };
}

/**
 * Reads what is in a store's namespace: no more than the question at hand needs, and from the watches' caches where they
 * can tell. That something isn't there is believed only from the API server.
 */
export class StoreObserver {
  static create(options: {
    client: ClusterClient;
    watches?: ClusterWatches;
  }): StoreObserver {
    return new StoreObserver(options.client, options.watches);
  }

  private readonly reader: StoreReader;

  private constructor(
    private readonly client: ClusterClient,
    private readonly watches: ClusterWatches | undefined,
  ) {
    this.reader = StoreReader.create({ client, watches });
  }

  async namespace(options: ObserveOptions): Promise<NamespaceFacts> {
    const reference = {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: options.namespace },
    };
    const found =
      this.watches?.find<NamespaceObject>(reference)?.object ??
      (await this.client.get<NamespaceObject>(reference, options));
    return toNamespaceFacts(found, options.nonce);
  }

  async pods(options: ObserveOptions): Promise<PodObject[]> {
    return await this.list<PodObject>('v1', 'Pod', options);
  }

  async workloads(options: ObserveOptions): Promise<WorkloadObject[]> {
    const [deployments, statefulSets] = await Promise.all([
      this.list<WorkloadObject>('apps/v1', 'Deployment', options),
      this.list<WorkloadObject>('apps/v1', 'StatefulSet', options),
    ]);
    return [...statefulSets, ...deployments];
  }

  async claims(options: ObserveOptions): Promise<ClaimObject[]> {
    return await this.list<ClaimObject>('v1', 'PersistentVolumeClaim', options);
  }

  /** What is left in a namespace, by name, with the finalizers that hold it. */
  async leftovers(options: ObserveOptions): Promise<string[]> {
    const lists = await Promise.all(
      LEFTOVER_KINDS.map(([apiVersion, kind]) =>
        this.client.list<KubernetesObject>({
          apiVersion,
          kind,
          namespace: options.namespace,
          signal: options.signal,
        }),
      ),
    );
    return lists.flat().map(object => {
      const { finalizers = [] } = object.metadata;
      const held = finalizers.length > 0 ? ` (${finalizers.join(', ')})` : '';
      return `${describeObject(object)}${held}`;
    });
  }

  /** What holds the data, as the API server knows it now: a cache must not make anybody believe in a loss. */
  async confirmData(
    options: ObserveOptions,
  ): Promise<{ namespace: NamespaceFacts; claims: ClaimObject[] }> {
    const fresh = StoreObserver.create({ client: this.client });
    const namespace = await fresh.namespace(options);
    return {
      namespace,
      claims: namespace.exists ? await fresh.claims(options) : [],
    };
  }

  /** Volumes that claims of the namespace are or were bound to; they are read across the cluster. */
  async volumes(options: ObserveOptions): Promise<VolumeObject[]> {
    const kind = { apiVersion: 'v1', kind: 'PersistentVolume' };
    const all =
      this.watches?.listAll<VolumeObject>(kind) ??
      (await this.client.list<VolumeObject>({
        ...kind,
        signal: options.signal,
      }));
    return all.filter(
      volume => volume.spec?.claimRef?.namespace === options.namespace,
    );
  }

  /** What a diagnosis needs beyond pods: claims, warnings and the last words of containers that keep exiting. */
  async troubles(
    options: ObserveOptions & { pods: readonly PodObject[] },
  ): Promise<Pick<StoreObservation, 'claims' | 'warnings' | 'logs'>> {
    const [claims, events, logs] = await Promise.all([
      this.claims(options),
      this.list<EventObject>('v1', 'Event', options),
      this.crashLogs(options),
    ]);
    const warnings = events
      .filter(event => event.type === 'Warning')
      .sort((left, right) => eventTime(left).localeCompare(eventTime(right)));
    return { claims, warnings, logs };
  }

  private async crashLogs(
    options: ObserveOptions & { pods: readonly PodObject[] },
  ): Promise<ContainerLog[]> {
    const crashed = options.pods.flatMap(pod =>
      [
        ...(pod.status?.initContainerStatuses ?? []),
        ...(pod.status?.containerStatuses ?? []),
      ]
        .filter(status => (status.restartCount ?? 0) > 0 && !status.ready)
        .map(status => ({ pod: pod.metadata.name, container: status.name })),
    );
    return await Promise.all(
      crashed.map(async container => ({
        ...container,
        text: await this.lastWords({ ...options, ...container }),
      })),
    );
  }

  /** A log that can't be had is said instead of the log: it must not hide the rest of the diagnosis. */
  private async lastWords(
    options: ObserveOptions & { pod: string; container: string },
  ): Promise<string> {
    try {
      return await this.client.logTail({
        ...options,
        lines: LOG_LINES,
        previous: true,
      });
    } catch (error) {
      options.signal?.throwIfAborted();
      return `(its log can't be read: ${
        error instanceof Error ? error.message : error
      })`;
    }
  }

  private async list<T extends PodObject | WorkloadObject | EventObject>(
    apiVersion: string,
    kind: string,
    options: ObserveOptions,
  ): Promise<T[]> {
    const { namespace, signal } = options;
    return await this.reader.list<T>({ apiVersion, kind, namespace, signal });
  }
}

function eventTime(event: EventObject): string {
  return (
    event.lastTimestamp ??
    event.eventTime ??
    event.metadata.creationTimestamp ??
    ''
  );
}
