import { createHash } from 'node:crypto';
import { mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import type { BuiltPrograms } from '../build';
import { PreparationError } from '../progress';
import { addons } from './addons/addons';
import { cgroupLayout, readCgroupFacts } from './cgroups';
import { choosePorts, isPortFree, portsOfOthers } from './choosePorts';
import { instanceConfiguration } from './configuration/instance';
import { renderConfiguration } from './configuration/renderConfiguration';
import { loadImages } from './images/loadImages';
import { readImageReference } from './images/readImageReference';
import type { InstancePaths } from './instancePaths';
import {
  InstanceRecord,
  readInstanceRecord,
  writeInstanceRecord,
} from './InstanceRecord';
import { createKeys } from './keys/createKeys';
import { writeKubeconfigs } from './keys/writeKubeconfigs';
import { InstanceLock } from './lifecycle/InstanceLock';
import {
  endInstance,
  firstProcess,
  refuseForeignProcesses,
} from './lifecycle/instanceProcess';
import { enteredCgroups, startInstance } from './lifecycle/startInstance';
import { waitForAddons, waitForNode } from './lifecycle/waitForCluster';
import { writeAtomically } from './writeAtomically';

/** A node that is ready. */
export interface StartedNode {
  record: InstanceRecord;
  /** The instance's first process. */
  pid: number;
  /** Whether it ran already. */
  isKept: boolean;
}

/** The Kubernetes node of an instance: its keys, configuration and processes, and the add-ons on it. */
export class NativeNode {
  static create(options: {
    instance: string;
    paths: InstancePaths;
  }): NativeNode {
    return new NativeNode(options);
  }

  private constructor(
    private readonly options: { instance: string; paths: InstancePaths },
  ) {}

  /** Starts the node, or keeps it when it already runs with these programs and this configuration; waits until it is ready. */
  async start(
    programs: BuiltPrograms,
    signal?: AbortSignal,
  ): Promise<StartedNode> {
    const { paths, instance } = this.options;
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
    refuseForeignProcesses({ paths, instance, cgroups });
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
      `the first process of instance '${this.options.instance}' ended`,
      { remedy: `read ${join(this.options.paths.logs, 'instance.log')}` },
    );
  }

  async #createRecord(): Promise<InstanceRecord> {
    // Two new instances at once must not choose the same ports.
    return InstanceLock.hold(
      { state: join(this.options.paths.state, '..'), onWait: () => undefined },
      async () => {
        const record: InstanceRecord = {
          instance: this.options.instance,
          provider: 'native',
          ports: await choosePorts({
            taken: portsOfOthers(this.options.paths.state),
            isFree: isPortFree,
          }),
          createdAt: new Date().toISOString(),
        };
        writeInstanceRecord(this.options.paths.record, record);
        return record;
      },
    );
  }

  #linkPrograms(bin: string): void {
    mkdirSync(this.options.paths.bin, { recursive: true });
    for (const [name, program] of [
      ['kubectl', 'kube'],
      ['helm', 'helm'],
    ] as const) {
      const link = join(this.options.paths.bin, name);
      rmSync(link, { force: true });
      symlinkSync(join(bin, program), link);
    }
  }

  async #loadAddonImages(
    pid: number,
    { bin, images }: BuiltPrograms,
    signal?: AbortSignal,
  ): Promise<void> {
    await loadImages({
      paths: this.options.paths,
      archives: ['pause', ...addons.map(({ archive }) => archive)].map(name =>
        join(images, `${name}.tar`),
      ),
      pid,
      bin,
      signal,
    });
  }

  /** Brings DNS and ingress onto a started node, and waits until both serve. */
  async startAddons(
    { record, pid }: StartedNode,
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
        ...['kubectl', `--kubeconfig=${this.options.paths.adminKubeconfig}`],
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
    await waitForAddons({ paths: this.options.paths, record, signal });
  }
}
