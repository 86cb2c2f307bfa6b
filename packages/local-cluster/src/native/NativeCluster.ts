import { createHash } from 'node:crypto';
import { mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { isError, NotFoundError } from '@backstage/errors';
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
  PreparationError,
  PreparationProgress,
} from '../progress';
import { addons } from './addons/addons';
import { cgroupLayout, readCgroupFacts } from './cgroups';
import { choosePorts, isPortFree, portsOfOthers } from './choosePorts';
import { instanceConfiguration } from './configuration/instance';
import { renderConfiguration } from './configuration/renderConfiguration';
import { loadImages } from './images/loadImages';
import { readImageReference } from './images/readImageReference';
import { InstancePaths, instancePaths } from './instancePaths';
import {
  InstanceRecord,
  readInstanceRecord,
  writeInstanceRecord,
} from './InstanceRecord';
import { createKeys } from './keys/createKeys';
import { writeKubeconfigs } from './keys/writeKubeconfigs';
import { InstanceLock } from './lifecycle/InstanceLock';
import { endInstance, firstProcess } from './lifecycle/instanceProcess';
import { instanceStatus } from './lifecycle/instanceStatus';
import { enteredCgroups, startInstance } from './lifecycle/startInstance';
import { waitForAddons, waitForNode } from './lifecycle/waitForCluster';
import { writeAtomically } from './writeAtomically';
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

  private constructor(
    private readonly options: NativeClusterOptions,
    private readonly paths: InstancePaths,
  ) {}

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
      // The builds end with one another: what is half done goes on at the next call.
      const failed = new AbortController();
      const signal = AbortSignal.any([
        failed.signal,
        ...(options.signal ? [options.signal] : []),
      ]);
      try {
        await this.#bringUp(progress, signal);
        progress.ready();
      } catch (error) {
        failed.abort(error);
        if (options.signal?.aborted || !isError(error)) {
          progress.close();
        } else {
          progress.fail(error);
        }
        throw error;
      }
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
    signal: AbortSignal,
  ): Promise<void> {
    const { check, buildPrograms, buildImages, installPlatform, plannedParts } =
      this.options.parts;
    const step = async <T>(
      { id }: PlannedPart,
      work: () => Promise<T>,
      isKept: (result: T) => boolean = () => false,
    ): Promise<T> => {
      progress.start(id);
      try {
        const result = await work();
        progress.finish(id, isKept(result) ? 'kept' : 'done');
        return result;
      } catch (error) {
        if (isError(error) && !signal.aborted) {
          progress.fail(error, id);
        }
        throw error;
      }
    };
    const { checks, ...later } = parts;
    progress.plan([checks, ...plannedParts, ...Object.values(later)]);
    await step(checks, () => check({ log: this.options.log, signal }));
    const images = buildImages({ progress, signal });
    // It is awaited below; when something else fails first nobody else asks.
    images.catch(() => undefined);
    const programs = await buildPrograms({ progress, signal });
    const { record, pid } = await step(
      later.node,
      () => this.#startNode(programs, signal),
      ({ isKept }) => isKept,
    );
    await step(later.addons, () =>
      this.#startAddons(record, pid, programs, signal),
    );
    const archives = await images;
    await step(
      later.images,
      () => this.#load(archives, pid, programs.bin, signal),
      results => results.every(({ status }) => status === 'kept'),
    );
    await step(
      later.platform,
      () => installPlatform({ bin: programs.bin, signal }),
      status => status === 'kept',
    );
  }

  async #locked<T>(
    signal: AbortSignal | undefined,
    work: () => Promise<T>,
  ): Promise<T> {
    const lock = await InstanceLock.acquire({
      state: this.paths.state,
      onWait: () =>
        this.options.logger?.info(
          `another command works on instance '${this.instance}': waiting for it`,
        ),
      signal,
    });
    try {
      return await work();
    } finally {
      await lock.release();
    }
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

  async #startNode(
    programs: BuiltPrograms,
    signal?: AbortSignal,
  ): Promise<{ record: InstanceRecord; pid: number; isKept: boolean }> {
    const { paths, instance } = this;
    mkdirSync(paths.state, { recursive: true, mode: 0o755 });
    const known =
      readInstanceRecord(paths.record) ?? (await this.#createRecord());
    await createKeys({ directory: paths.keys, node: instance });
    writeKubeconfigs({ paths, instance, apiPort: known.ports.api });
    this.#linkPrograms(programs.bin);

    const { kind, directories } =
      known.cgroups && firstProcess(paths, known) !== undefined
        ? known.cgroups
        : cgroupLayout(instance, readCgroupFacts());
    const cgroups = { kind, directories };
    const configuration = instanceConfiguration({
      paths,
      instance,
      ports: known.ports,
      bin: programs.bin,
      cgroups: {
        directories: enteredCgroups(cgroups),
        unified: kind !== 'v1',
      },
    });
    const files = renderConfiguration({
      paths,
      configuration,
      bin: programs.bin,
      pauseImage: await readImageReference(join(programs.images, 'pause.tar')),
    });
    const digest = createHash('sha256')
      .update(JSON.stringify(files))
      .digest('hex');
    const pid = firstProcess(paths, known);
    if (pid !== undefined && known.configuration === digest) {
      await waitForNode({ paths, record: known, signal });
      return { record: known, pid, isKept: true };
    }
    await endInstance({ paths, record: known, orderly: true });
    for (const [file, text] of Object.entries(files)) {
      writeAtomically(file, text);
    }
    const record: InstanceRecord = {
      ...known,
      cgroups,
      startedAt: new Date().toISOString(),
      bin: programs.bin,
      configuration: digest,
    };
    writeInstanceRecord(paths.record, record);
    await startInstance({ paths, record, cgroups, bin: programs.bin });
    const started = firstProcess(paths, record);
    if (started === undefined) {
      throw this.#endedError();
    }
    await this.#loadAddonImages(started, programs, signal);
    await waitForNode({ paths, record, signal });
    return { record, pid: started, isKept: false };
  }

  #endedError(): Error {
    return new PreparationError(
      `the first process of instance '${this.instance}' ended`,
      { remedy: `read ${join(this.paths.logs, 'instance.log')}` },
    );
  }

  async #createRecord(): Promise<InstanceRecord> {
    // Two new instances at once must not choose the same ports.
    const lock = await InstanceLock.acquire({
      state: join(this.paths.state, '..'),
      onWait: () => undefined,
    });
    try {
      const record: InstanceRecord = {
        instance: this.instance,
        provider: 'native',
        ports: await choosePorts({
          taken: portsOfOthers(this.paths.state),
          isFree: isPortFree,
        }),
        createdAt: new Date().toISOString(),
      };
      writeInstanceRecord(this.paths.record, record);
      return record;
    } finally {
      await lock.release();
    }
  }

  #linkPrograms(bin: string): void {
    mkdirSync(this.paths.bin, { recursive: true });
    for (const [name, program] of [
      ['kubectl', 'kube'],
      ['helm', 'helm'],
    ] as const) {
      const link = join(this.paths.bin, name);
      rmSync(link, { force: true });
      symlinkSync(join(bin, program), link);
    }
  }

  async #loadAddonImages(
    pid: number,
    { bin, images }: BuiltPrograms,
    signal?: AbortSignal,
  ): Promise<void> {
    await this.#load(
      ['pause', ...addons.map(({ archive }) => archive)].map(name =>
        join(images, `${name}.tar`),
      ),
      pid,
      bin,
      signal,
    );
  }

  #load(archives: string[], pid: number, bin: string, signal?: AbortSignal) {
    return loadImages({ paths: this.paths, bin, pid, archives, signal });
  }

  async #startAddons(
    record: InstanceRecord,
    pid: number,
    programs: BuiltPrograms,
    signal?: AbortSignal,
  ): Promise<void> {
    await this.#loadAddonImages(pid, programs, signal);
    const objects = await Promise.all(
      addons.map(async addon =>
        addon.objects(
          await readImageReference(
            join(programs.images, `${addon.archive}.tar`),
          ),
        ),
      ),
    );
    await execa(
      join(programs.bin, 'kube'),
      [
        ...['kubectl', `--kubeconfig=${this.paths.adminKubeconfig}`],
        ...['apply', '--server-side', '--force-conflicts'],
        ...['--field-manager=storeyard', '--validate=false', '-f', '-'],
      ],
      {
        input: JSON.stringify({
          apiVersion: 'v1',
          kind: 'List',
          items: objects.flat(),
        }),
        cancelSignal: signal,
      },
    );
    await waitForAddons({ paths: this.paths, record, signal });
  }
}
