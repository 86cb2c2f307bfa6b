import { mkdirSync, rmSync } from 'node:fs';
import { NotFoundError } from '@backstage/errors';
import {
  ClusterLogger,
  ClusterPorts,
  LocalCluster,
  LocalClusterStatus,
  UpOptions,
} from '../LocalCluster';
import { instancePaths, InstancePaths } from '../native/instancePaths';
import { lockInstance } from '../native/lifecycle/lockInstance';
import { writeAtomically } from '../native/writeAtomically';
import { ClusterAccess, installPlatform, uninstallPlatform } from '../platform';
import {
  PreparationError,
  PreparationProgress,
  reportParts,
  RunPart,
} from '../progress';
import { checkFeatures } from './checkFeatures';
import { ContextRecord, readContextRecord } from './ContextRecord';
import { loadArchives, loadRemedy } from './loadArchives';
import { readNodes } from './readNodes';
import { findContext, takeContext } from './takeContext';

/** Options of {@link ContextCluster.create}. */
export interface ContextClusterOptions {
  instance: string;
  state: string;
  /** A context of the user's kubeconfig. Absent: the one that the instance was made with. */
  context?: string;
  /** Port of this machine's loopback on which the cluster's ingress controller answers. Default: 80. */
  ingressPort?: number;
  logger?: ClusterLogger;
  log: string;
  /** @throws PreparationError when the images can't be built on this machine */
  check?(): Promise<void>;
  /** Builds the images that stores run and the tests' probe; resolves to their archives. */
  buildImages(options: {
    progress: PreparationProgress;
    signal?: AbortSignal;
  }): Promise<string[]>;
}

const parts = {
  checks: { id: 'checks', title: 'reach the context', estimatedSeconds: 1 },
  images: {
    id: 'load-images',
    title: 'images into the cluster',
    estimatedSeconds: 20,
  },
  features: {
    id: 'features',
    title: 'try volumes, ingress and network policies',
    estimatedSeconds: 15,
  },
  platform: {
    id: 'platform',
    title: 'rights of the portal',
    estimatedSeconds: 3,
  },
};

/** A cluster of the user's, reached by a kube context that was named. It is never started or stopped by us. */
export class ContextCluster implements LocalCluster {
  static create(options: ContextClusterOptions): ContextCluster {
    return new ContextCluster(options, instancePaths(options.state));
  }

  readonly auditLog = undefined;

  private constructor(
    private readonly options: ContextClusterOptions,
    private readonly paths: InstancePaths,
  ) {}

  get instance(): string {
    return this.options.instance;
  }

  get kubeconfigs() {
    return {
      admin: this.paths.adminKubeconfig,
      portal: this.paths.portalKubeconfig,
    };
  }

  get ports(): ClusterPorts {
    return this.#existing().ports;
  }

  async up(options: UpOptions = {}): Promise<void> {
    await this.#locked(options.signal, async () => {
      // Before anything is changed.
      const context = await findContext(
        this.options.context ?? readContextRecord(this.paths.record)?.context,
        options.signal,
      );
      await this.options.check?.();
      const progress =
        options.progress ??
        PreparationProgress.create({
          instance: this.instance,
          file: this.paths.progress,
          log: this.options.log,
        });
      await reportParts(
        { progress, signal: options.signal },
        (runPart, signal) => this.#bringUp(context, progress, runPart, signal),
      );
    });
  }

  async status(): Promise<LocalClusterStatus> {
    const record = readContextRecord(this.paths.record);
    const { instance } = this;
    if (!record) {
      return { instance, provider: 'context', state: 'absent', addons: [] };
    }
    // A cluster that doesn't answer has no node to show.
    const [node] = await readNodes(this.#access).catch(() => []);
    return {
      instance,
      provider: 'context',
      state: node ? 'ready' : 'stopped',
      ports: record.ports,
      since: record.createdAt,
      addons: [],
      ...(node && { node }),
    };
  }

  async environment() {
    this.#existing();
    return {
      PATH: process.env.PATH ?? '',
      KUBECONFIG: this.paths.adminKubeconfig,
    };
  }

  async load(archives: string[]): Promise<void> {
    const { context } = this.#existing();
    if (!(await loadArchives({ context, archives }))) {
      throw new PreparationError(
        `the name of context '${context}' doesn't tell how images get there`,
        { remedy: loadRemedy(archives) },
      );
    }
  }

  async stop(): Promise<void> {
    // It is the user's: it runs on.
  }

  async delete(): Promise<void> {
    await this.#locked(undefined, async () => {
      if (readContextRecord(this.paths.record)) {
        await uninstallPlatform(this.#access);
      }
      rmSync(this.paths.state, { recursive: true, force: true });
    });
  }

  async #bringUp(
    context: string,
    progress: PreparationProgress,
    runPart: RunPart,
    signal: AbortSignal,
  ): Promise<void> {
    progress.plan(Object.values(parts));
    await runPart(parts.checks, () => this.#writeAdmin(context, signal));
    const { ports } = this.#existing();
    const archives = await this.options.buildImages({ progress, signal });
    await runPart(parts.images, () =>
      loadArchives({ context, archives, signal }),
    );
    await runPart(parts.features, () =>
      checkFeatures({
        access: this.#access,
        ingressPort: ports.ingress,
        imagesRemedy: loadRemedy(archives),
        signal,
      }),
    );
    await runPart(
      parts.platform,
      () =>
        installPlatform({
          access: this.#access,
          kubeconfig: this.paths.portalKubeconfig,
          stamp: this.paths.platform,
          name: `storeyard-${this.instance}`,
          signal,
        }),
      status => status === 'kept',
    );
  }

  async #writeAdmin(context: string, signal: AbortSignal): Promise<void> {
    const known = readContextRecord(this.paths.record);
    const { kubeconfig, server } = await takeContext(context, signal);
    mkdirSync(this.paths.state, { recursive: true });
    const record: ContextRecord = {
      instance: this.instance,
      provider: 'context',
      context,
      ports: {
        ingress: this.options.ingressPort ?? known?.ports.ingress ?? 80,
        api: Number(server.port || 443),
      },
      createdAt: known?.createdAt ?? new Date().toISOString(),
    };
    writeAtomically(this.paths.adminKubeconfig, kubeconfig, 0o600);
    writeAtomically(this.paths.record, JSON.stringify(record, undefined, 2));
    try {
      await readNodes(this.#access, signal);
    } catch (error) {
      throw new PreparationError(
        `the cluster of context '${context}' doesn't answer at '${server.href}'`,
        {
          remedy: `try \`kubectl --context ${context} get nodes\``,
          cause: error,
        },
      );
    }
  }

  get #access(): ClusterAccess {
    const kubeconfig = `--kubeconfig=${this.paths.adminKubeconfig}`;
    return { kubectl: ['kubectl', kubeconfig], helm: ['helm', kubeconfig] };
  }

  async #locked(
    signal: AbortSignal | undefined,
    work: () => Promise<void>,
  ): Promise<void> {
    const { instance, logger } = this.options;
    const { state } = this.paths;
    return lockInstance({ instance, state, logger, signal }, work);
  }

  #existing(): ContextRecord {
    const record = readContextRecord(this.paths.record);
    if (!record) {
      throw new NotFoundError(
        `there is no instance '${this.instance}' yet: \`npm run cluster -- up --context <name>\` makes it`,
      );
    }
    return record;
  }
}
