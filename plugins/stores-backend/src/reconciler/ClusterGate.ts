import type { LoggerService } from '@backstage/backend-plugin-api';
import { CustomErrorBase, isError } from '@backstage/errors';
import type { ClusterReachability } from '@storeyard/backstage-plugin-stores-common';
import {
  checkPolicy,
  ClusterApiError,
  type ClusterCapabilities,
  type ClusterClient,
  ClusterUnreachableError,
  type KubernetesObject,
  readClusterCapabilities,
} from '../cluster';
import type {
  Installation,
  InstallationRepository,
} from '../database/InstallationRepository';

/** The cluster answers, but we must not work with it: another cluster, or no policy that bounds us. */
export class ClusterRefusedError extends CustomErrorBase {
  override name = 'ClusterRefusedError' as const;

  constructor(
    readonly reason: 'PolicyMissing' | 'ClusterUnreachable',
    message: string,
    cause?: unknown,
  ) {
    super(message, cause);
  }
}

/** What holds for every store while the gate is open. */
export interface OpenCluster {
  installation: Installation;
  capabilities: ClusterCapabilities;
}

export interface ClusterGateOptions {
  client: ClusterClient;
  installation: InstallationRepository;
  logger: LoggerService;
  /** Told each time the gate opens. */
  onOpen?(cluster: OpenCluster): void;
}

const ASK_AGAIN_MS = 1_000;

/**
 * Nothing is done to a store before the cluster is known: it answers, it is the one that this installation belongs to,
 * and its admission policy holds us to our stores. Asked again whenever the kubeconfig changes or a request got no answer.
 */
export class ClusterGate {
  static create(options: ClusterGateOptions): ClusterGate {
    return new ClusterGate(options);
  }

  private opened: { cluster: OpenCluster; epoch: number } | undefined;
  private opening: Promise<OpenCluster> | undefined;
  private refusal: { error: unknown; until: number } | undefined;
  private reachability: ClusterReachability = {};
  private openSince: number | undefined;

  private constructor(private readonly options: ClusterGateOptions) {}

  status(): ClusterReachability {
    return { ...this.reachability };
  }

  /** Since when the gate is open, in milliseconds of the epoch; undefined while it is shut. */
  get since(): number | undefined {
    return this.openSince;
  }

  /**
   * @throws ClusterUnreachableError when the cluster does not answer
   * @throws ClusterRefusedError when we must not work with it
   */
  async open(signal?: AbortSignal): Promise<OpenCluster> {
    const { connection } = this.options.client;
    if (this.opened?.epoch === connection.epoch) return this.opened.cluster;
    if (this.refusal && Date.now() < this.refusal.until) {
      throw this.refusal.error;
    }
    this.opening ??= this.check(signal).finally(() => {
      this.opening = undefined;
    });
    return await this.opening;
  }

  /** To be told when a request got no answer. */
  shut(error: ClusterUnreachableError): void {
    this.opened = undefined;
    this.note({ reachable: false, message: error.message });
  }

  private async check(signal?: AbortSignal): Promise<OpenCluster> {
    const { client } = this.options;
    try {
      const installation = await this.bind(signal);
      const verdict = await checkPolicy({ client, signal });
      if (!verdict.bounded) {
        throw new ClusterRefusedError('PolicyMissing', verdict.why);
      }
      const capabilities = await readClusterCapabilities({ client, signal });
      const cluster = { installation, capabilities };
      this.opened = { cluster, epoch: client.connection.epoch };
      this.refusal = undefined;
      this.note({ reachable: true, version: capabilities.kubeVersion });
      this.options.onOpen?.(cluster);
      return cluster;
    } catch (caught) {
      signal?.throwIfAborted();
      const error = asRefusal(caught);
      this.opened = undefined;
      this.refusal = { error, until: Date.now() + ASK_AGAIN_MS };
      this.note({
        reachable: false,
        message: isError(error) ? error.message : String(error),
      });
      throw error;
    }
  }

  private async bind(signal?: AbortSignal): Promise<Installation> {
    const { client, installation } = this.options;
    const system = await client.get<KubernetesObject>(
      {
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: { name: 'kube-system' },
      },
      { signal },
    );
    const uid = system?.metadata.uid;
    if (!uid) {
      throw new ClusterUnreachableError(
        "The cluster has no namespace 'kube-system' (yet)",
      );
    }
    await installation.get();
    try {
      return await installation.bindCluster(uid);
    } catch (error) {
      if (isError(error) && error.name === 'ConflictError') {
        throw new ClusterRefusedError(
          'ClusterUnreachable',
          'The kubeconfig leads to another cluster',
          error,
        );
      }
      throw error;
    }
  }

  private note(next: Omit<ClusterReachability, 'since'>): void {
    const before = this.reachability;
    const turned = before.reachable !== next.reachable;
    this.reachability = {
      ...next,
      since: turned ? new Date().toISOString() : before.since,
    };
    if (next.reachable) this.openSince ??= Date.now();
    else this.openSince = undefined;
    if (turned || before.message !== next.message) {
      this.options.logger.info(
        next.reachable
          ? `The cluster answers, version '${next.version}'`
          : `The cluster can't be worked with: ${next.message}`,
      );
    }
  }
}

/** What the API server answers us at the gate says nothing about a store: right after its start it knows no roles yet. */
function asRefusal(error: unknown): unknown {
  return error instanceof ClusterApiError
    ? new ClusterRefusedError(
        'ClusterUnreachable',
        'The cluster does not let us in (yet)',
        error,
      )
    : error;
}
