import { delimiter } from 'node:path';
import { NotFoundError } from '@backstage/errors';
import { execa } from 'execa';
import {
  ClusterLogger,
  ClusterPorts,
  LocalCluster,
  LocalClusterStatus,
  UpOptions,
} from '../LocalCluster';
import {
  PlannedPart,
  PreparationProgress,
  reportParts,
  RunPart,
} from '../progress';
import { loadImages } from './images/loadImages';
import { InstancePaths, instancePaths } from './instancePaths';
import { InstanceRecord, readInstanceRecord } from './InstanceRecord';
import { endInstance, firstProcess } from './lifecycle/instanceProcess';
import { instanceStatus } from './lifecycle/instanceStatus';
import { lockInstance } from './lifecycle/lockInstance';
import { NativeNode } from './NativeNode';
import type { BuiltPrograms } from '../build';

/** What a native cluster is made of that is made elsewhere. */
export interface NativeClusterParts {
  /** @throws PreparationError for what lacks on this machine */
  check(options: { log: string; signal?: AbortSignal }): Promise<void>;
  /** Parts that the two builds will count. */
  plannedParts: PlannedPart[];
  /** Builds the programs and the add-ons' images, or finds them built. */
  buildPrograms(options: BuildOptions): Promise<BuiltPrograms>;
  /** Builds the images that stores run; resolves to their archives. */
  buildImages(options: BuildOptions): Promise<string[]>;
  /** Installs the platform's chart and writes the portal's kubeconfig. */
  installPlatform(options: {
    bin: string;
    signal?: AbortSignal;
  }): Promise<'done' | 'kept'>;
}

interface BuildOptions {
  progress: PreparationProgress;
  signal?: AbortSignal;
}

/** Options of {@link NativeCluster.create}. */
export interface NativeClusterOptions {
  instance: string;
  /** State directory of the instance. */
  state: string;
  logger?: ClusterLogger;
  /** Path of the log of what is built and installed. */
  log: string;
  parts: NativeClusterParts;
}

const parts = {
  checks: {
    id: 'checks',
    title: 'checks of this machine',
    estimatedSeconds: 1,
  },
  node: { id: 'node', title: 'Kubernetes node', estimatedSeconds: 9 },
  addons: { id: 'addons', title: 'DNS and ingress', estimatedSeconds: 4 },
  images: {
    id: 'load-images',
    title: "stores' images onto the node",
    estimatedSeconds: 5,
  },
  platform: {
    id: 'platform',
    title: 'rights of the portal',
    estimatedSeconds: 3,
  },
};

/** A real single-node Kubernetes in namespaces of its own on this machine. */
export class NativeCluster implements LocalCluster {
  static create(options: NativeClusterOptions): NativeCluster {
    return new NativeCluster(options, instancePaths(options.state));
  }

  readonly #node: NativeNode;

  private constructor(
    private readonly options: NativeClusterOptions,
    private readonly paths: InstancePaths,
  ) {
    this.#node = NativeNode.create({ instance: options.instance, paths });
  }

  get instance(): string {
    return this.options.instance;
  }

  get auditLog(): string {
    return this.paths.auditLog;
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
      const progress =
        options.progress ??
        PreparationProgress.create({
          instance: this.instance,
          file: this.paths.progress,
          log: this.options.log,
        });
      await reportParts(
        { progress, signal: options.signal },
        (runPart, signal) => this.#bringUp(progress, runPart, signal),
      );
    });
  }

  async status(): Promise<LocalClusterStatus> {
    return instanceStatus({
      instance: this.instance,
      paths: this.paths,
      record: readInstanceRecord(this.paths.record),
    });
  }

  async environment(): Promise<{ PATH: string; KUBECONFIG: string }> {
    this.#existing();
    return {
      PATH: [this.paths.bin, process.env.PATH].filter(Boolean).join(delimiter),
      KUBECONFIG: this.paths.adminKubeconfig,
    };
  }

  async load(archives: string[]): Promise<void> {
    await this.#locked(undefined, async () => {
      const record = this.#existing();
      const pid = firstProcess(this.paths, record);
      if (pid === undefined || record.bin === undefined) {
        throw new NotFoundError(
          `the instance '${this.instance}' doesn't run: bring it up first`,
        );
      }
      await this.#load(archives, pid, record.bin);
    });
  }

  async stop(): Promise<void> {
    await this.#locked(undefined, async () => {
      const record = readInstanceRecord(this.paths.record);
      if (record) {
        await endInstance({ paths: this.paths, record, orderly: true });
      }
    });
  }

  async delete(): Promise<void> {
    await this.#locked(undefined, async () => {
      const record = readInstanceRecord(this.paths.record);
      if (record) {
        await endInstance({ paths: this.paths, record, orderly: false });
      }
      // Never into something that is mounted there, whatever it is.
      await execa('rm', ['-rf', '--one-file-system', this.paths.state]);
    });
  }

  async #bringUp(
    progress: PreparationProgress,
    runPart: RunPart,
    signal: AbortSignal,
  ): Promise<void> {
    const { check, buildPrograms, buildImages, installPlatform, plannedParts } =
      this.options.parts;
    const { checks, ...later } = parts;
    progress.plan([checks, ...plannedParts, ...Object.values(later)]);
    await runPart(checks, () => check({ log: this.options.log, signal }));
    const images = buildImages({ progress, signal });
    // It is awaited below; when something else fails first nobody else asks.
    images.catch(() => undefined);
    const programs = await buildPrograms({ progress, signal });
    const node = await runPart(
      later.node,
      () => this.#node.start(programs, signal),
      ({ isKept }) => isKept,
    );
    await runPart(later.addons, () =>
      this.#node.startAddons(node, programs, signal),
    );
    const archives = await images;
    await runPart(
      later.images,
      () => this.#load(archives, node.pid, programs.bin, signal),
      results => results.every(({ status }) => status === 'kept'),
    );
    await runPart(
      later.platform,
      () => installPlatform({ bin: programs.bin, signal }),
      status => status === 'kept',
    );
  }

  #load(archives: string[], pid: number, bin: string, signal?: AbortSignal) {
    return loadImages({ paths: this.paths, bin, pid, archives, signal });
  }

  async #locked<T>(
    signal: AbortSignal | undefined,
    work: () => Promise<T>,
  ): Promise<T> {
    const { instance, logger } = this.options;
    const { state } = this.paths;
    return lockInstance({ instance, state, logger, signal }, work);
  }

  #existing(): InstanceRecord {
    const record = readInstanceRecord(this.paths.record);
    if (!record) {
      throw new NotFoundError(
        `there is no instance '${this.instance}' yet: \`npm run cluster -- up\` makes it`,
      );
    }
    return record;
  }
}
