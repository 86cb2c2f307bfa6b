import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import {
  ConflictError,
  InputError,
  isError,
  NotFoundError,
} from '@backstage/errors';
import {
  ClusterLogger,
  ClusterPorts,
  LocalCluster,
  LocalClusterStatus,
  UpOptions,
} from '../LocalCluster';
import { hasCode } from '../native/hasCode';
import { instancePaths, InstancePaths } from '../native/instancePaths';
import { InstanceLock } from '../native/lifecycle/InstanceLock';
import { writeAtomically } from '../native/writeAtomically';
import { ClusterAccess, installPlatform } from '../platform';
import { runProgram } from '../platform/runProgram';
import {
  PlannedPart,
  PreparationError,
  PreparationProgress,
} from '../progress';
import { checkFeatures } from './checkFeatures';
import { loadArchives, loadRemedy } from './loadArchives';

/** What `instance.json` keeps of a context that is used as a cluster. */
export interface ContextRecord {
  instance: string;
  provider: 'context';
  context: string;
  ports: ClusterPorts;
  /** ISO time. */
  createdAt: string;
}

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

/** Reads the record of a context's instance; `undefined` when there is none. */
export function readContextRecord(file: string): ContextRecord | undefined {
  try {
    const record = JSON.parse(readFileSync(file, 'utf8'));
    return record.provider === 'context' ? record : undefined;
  } catch (error) {
    if (hasCode(error, 'ENOENT')) {
      return undefined;
    }
    throw error;
  }
}

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
    const { signal } = options;
    const lock = await InstanceLock.acquire({
      state: this.paths.state,
      onWait: () =>
        this.options.logger?.info(
          `another command works on instance '${this.instance}': waiting for it`,
        ),
      signal,
    });
    try {
      // Before anything is changed.
      const context = await this.#findContext(signal);
      await this.#upWithProgress(context, options);
    } finally {
      await lock.release();
    }
  }

  async #upWithProgress(context: string, options: UpOptions): Promise<void> {
    const progress =
      options.progress ??
      PreparationProgress.create({
        instance: this.instance,
        file: this.paths.progress,
        log: this.options.log,
      });
    try {
      await this.#bringUp(context, progress, options.signal);
      progress.ready();
    } catch (error) {
      if (options.signal?.aborted || !isError(error)) {
        progress.close();
      } else {
        progress.fail(error);
      }
      throw error;
    }
  }

  async status(): Promise<LocalClusterStatus> {
    const record = readContextRecord(this.paths.record);
    const { instance } = this;
    if (!record) {
      return { instance, provider: 'context', state: 'absent', addons: [] };
    }
    const nodes = await this.#nodes().catch(() => undefined);
    const node = nodes?.items[0];
    return {
      instance,
      provider: 'context',
      state: node ? 'ready' : 'stopped',
      ports: record.ports,
      since: record.createdAt,
      addons: [],
      ...(node && {
        node: {
          name: node.metadata.name,
          ready: node.status.conditions.some(
            ({ type, status }) => type === 'Ready' && status === 'True',
          ),
          version: node.status.nodeInfo.kubeletVersion,
        },
      }),
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
    if (readContextRecord(this.paths.record)) {
      const text = await runProgram(this.#access.kubectl, [
        ...['get', 'namespaces', '-l', 'storeyard.dev/store-id'],
        ...['-o', 'jsonpath={.items[*].metadata.name}'],
      ]);
      if (text) {
        throw new ConflictError(
          `stores are left in the cluster, in the namespaces '${text
            .split(' ')
            .join("', '")}': delete them first`,
        );
      }
      await runProgram(this.#access.helm, [
        ...['uninstall', 'platform', '--namespace', 'platform'],
        ...['--ignore-not-found', '--wait'],
      ]);
      await runProgram(this.#access.kubectl, [
        ...['delete', 'namespace', 'platform', '--ignore-not-found'],
      ]);
    }
    rmSync(this.paths.state, { recursive: true, force: true });
  }

  async #bringUp(
    context: string,
    progress: PreparationProgress,
    signal?: AbortSignal,
  ): Promise<void> {
    const step = async <T>({ id }: PlannedPart, work: () => Promise<T>) => {
      progress.start(id);
      try {
        const result = await work();
        progress.finish(id, result === 'kept' ? 'kept' : 'done');
        return result;
      } catch (error) {
        if (isError(error) && !signal?.aborted) {
          progress.fail(error, id);
        }
        throw error;
      }
    };
    progress.plan(Object.values(parts));
    await step(parts.checks, () => this.#writeAdmin(context, signal));
    const { ports } = this.#existing();
    const archives = await this.options.buildImages({ progress, signal });
    await step(parts.images, () => loadArchives({ context, archives, signal }));
    await step(parts.features, () =>
      checkFeatures({
        access: this.#access,
        ingressPort: ports.ingress,
        imagesRemedy: loadRemedy(archives),
        signal,
      }),
    );
    await step(parts.platform, () =>
      installPlatform({
        access: this.#access,
        kubeconfig: this.paths.portalKubeconfig,
        stamp: this.paths.platform,
        name: `storeyard-${this.instance}`,
        signal,
      }),
    );
  }

  async #findContext(signal?: AbortSignal): Promise<string> {
    const context =
      this.options.context ?? readContextRecord(this.paths.record)?.context;
    if (!context) {
      throw new InputError(
        'which context? Name one by --context: the current one is never taken unnamed',
      );
    }
    let names: string[];
    try {
      const text = await runProgram(
        ['kubectl'],
        ['config', 'get-contexts', '-o', 'name'],
        { signal },
      );
      names = text.split('\n').filter(Boolean);
    } catch (error) {
      signal?.throwIfAborted();
      throw new PreparationError("kubectl can't be run", {
        remedy: 'put kubectl and helm into PATH',
        cause: error,
      });
    }
    if (!names.includes(context)) {
      throw new InputError(
        `the kubeconfig has no context '${context}', it has ${
          names.map(name => `'${name}'`).join(', ') || 'none'
        }`,
      );
    }
    return context;
  }

  /** Takes the one context out of the user's kubeconfig, so that changes there don't change what we work on. */
  async #writeAdmin(context: string, signal?: AbortSignal): Promise<void> {
    const known = readContextRecord(this.paths.record);
    const view: { clusters: { cluster: { server: string } }[] } = JSON.parse(
      await runProgram(
        ['kubectl', `--context=${context}`],
        ['config', 'view', '--minify', '--flatten', '-o', 'json'],
        { signal },
      ),
    );
    const server = new URL(view.clusters[0]?.cluster.server ?? '');
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
    writeAtomically(this.paths.adminKubeconfig, JSON.stringify(view), 0o600);
    writeAtomically(this.paths.record, JSON.stringify(record, undefined, 2));
    try {
      await this.#nodes(signal);
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

  async #nodes(signal?: AbortSignal): Promise<{
    items: {
      metadata: { name: string };
      status: {
        conditions: { type: string; status: string }[];
        nodeInfo: { kubeletVersion: string };
      };
    }[];
  }> {
    return JSON.parse(
      await runProgram(
        this.#access.kubectl,
        ['get', 'nodes', '-o', 'json', '--request-timeout=10s'],
        { signal },
      ),
    );
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
