import { mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { toError } from '@backstage/errors';
import { PreparationProgress } from '../progress';
import { ClusterFolder } from './ClusterFolder';
import { CompileSlot } from './CompileSlot';
import { GoToolchain } from './GoToolchain';
import { outputsOf, ProgramPart } from './ProgramPart';
import { prepareTraefik } from './prepareTraefik';
import { BuildRequirements } from './requirements';
import { installToolchain } from './toolchain';
import { writeProgramImage } from './writeProgramImage';

/** Options of {@link ProgramBuilder.create}. */
export interface ProgramBuilderOptions {
  cacheDirectory: string;
  /** Folder of the build's caches. */
  scratch: string;
  /** Where finished parts go. */
  folder: ClusterFolder;
  progress: PreparationProgress;
  log: string;
  signal?: AbortSignal;
  requirements: BuildRequirements;
  /** The digest that a part's stamp gets. */
  digestOf: (part: ProgramPart) => string;
  /** Folder of the Go modules. */
  goFolder: string;
}

/**
 * Builds the parts that lack. Downloads go on beside compiles; one compile at a time has both cores, and the
 * next begins when only linking, which has use for one core, is left of it.
 */
export class ProgramBuilder {
  static create(options: ProgramBuilderOptions): ProgramBuilder {
    return new ProgramBuilder(options);
  }

  readonly #compiles = CompileSlot.create();
  readonly #failed = new AbortController();
  readonly #signal: AbortSignal;

  private constructor(private readonly options: ProgramBuilderOptions) {
    this.#signal = options.signal
      ? AbortSignal.any([options.signal, this.#failed.signal])
      : this.#failed.signal;
  }

  /** Builds parts, in their order. The first failure ends all others. */
  async build(parts: ProgramPart[]): Promise<void> {
    const command = await this.#step('toolchain', () => this.#toolchain());
    const go = GoToolchain.create({
      ...{ go: command, folder: this.options.scratch },
      ...{ log: this.options.log, signal: this.#signal },
    });
    const sources = this.#fetchAll(go, parts);
    const work = [
      this.#step('modules', () => this.#awaitSources(sources)),
      ...parts.map(part => this.#buildInTurn(go, part, sources)),
    ];
    // All have to be at an end before anybody else may have the caches.
    await Promise.allSettled(work);
    this.#signal.throwIfAborted();
    await Promise.all(work);
  }

  /** Does a part of the work; its failure is shown and ends all others. */
  async #step<T>(id: string, work: () => Promise<T>): Promise<T> {
    try {
      this.#signal.throwIfAborted();
      return await work();
    } catch (error) {
      if (!this.#signal.aborted) {
        this.options.progress.fail(toError(error), id);
        this.#failed.abort(error);
      }
      throw error;
    }
  }

  async #awaitSources(sources: Map<string, Promise<string>>): Promise<void> {
    this.options.progress.start('modules');
    await Promise.all(sources.values());
    this.options.progress.finish('modules');
  }

  async #buildInTurn(
    go: GoToolchain,
    part: ProgramPart,
    sources: Map<string, Promise<string>>,
  ): Promise<void> {
    const cwd = await sources.get(part.build.module);
    if (cwd === undefined) {
      throw new Error(`no sources of module '${part.build.module}'`);
    }
    const release = await this.#compiles.acquire();
    try {
      await this.#step(part.id, () => this.#buildPart(go, part, cwd, release));
    } finally {
      release();
    }
  }

  async #toolchain(): Promise<string> {
    const { progress, requirements } = this.options;
    progress.start('toolchain');
    const { cacheDirectory, log, signal } = this.options;
    const go = await installToolchain({
      ...{ cacheDirectory, log, signal },
      ...requirements,
    });
    progress.finish('toolchain');
    return go;
  }

  /** Fetches one module's needs after the other, beside everything else; by module, its folder. */
  #fetchAll(
    go: GoToolchain,
    parts: ProgramPart[],
  ): Map<string, Promise<string>> {
    const folders = new Map<string, Promise<string>>();
    let before: Promise<unknown> = Promise.resolve();
    for (const { build } of parts) {
      if (!folders.has(build.module)) {
        const builds = parts
          .map(part => part.build)
          .filter(({ module }) => module === build.module);
        const folder = before.then(async () => {
          const cwd = await this.#moduleFolder(go, build.module);
          for (const each of builds) {
            await go.fetch({ cwd, build: each });
          }
          return cwd;
        });
        // Whoever waits for the folder learns of its failure.
        folder.catch(() => undefined);
        folders.set(build.module, folder);
        before = folder;
      }
    }
    return folders;
  }

  async #moduleFolder(go: GoToolchain, module: string): Promise<string> {
    const source = join(this.options.goFolder, module);
    return module === 'traefik'
      ? prepareTraefik({ source, scratch: this.options.scratch, go })
      : source;
  }

  async #buildPart(
    go: GoToolchain,
    part: ProgramPart,
    cwd: string,
    onCompiled: () => void,
  ): Promise<void> {
    const { progress, folder, digestOf, scratch } = this.options;
    progress.start(part.id);
    const startedAt = Date.now();
    const work = join(scratch, 'made', part.id);
    rmSync(work, { recursive: true, force: true });
    const output = join(
      work,
      part.image ? 'root' : part.programs?.folder ?? 'bin',
    );
    mkdirSync(output, { recursive: true });
    await go.build({
      ...{ cwd, build: part.build, output },
      onPackage: count => {
        progress.advance(part.id, count);
        if (count.done === count.total) {
          onCompiled();
        }
      },
    });
    await this.#finish(part, work);
    const { id, version } = part;
    folder.accept(
      {
        ...{ id, version, digest: digestOf(part), outputs: outputsOf(part) },
        seconds: Math.round((Date.now() - startedAt) / 1000),
      },
      work,
    );
    progress.finish(part.id);
  }

  async #finish(part: ProgramPart, work: string): Promise<void> {
    for (const [name, target] of Object.entries(part.programs?.links ?? {})) {
      mkdirSync(dirname(join(work, name)), { recursive: true });
      symlinkSync(target, join(work, name));
    }
    if (part.image) {
      await writeProgramImage({
        image: part.image,
        root: join(work, 'root'),
        archive: join(work, `images/${part.id}.tar`),
        signal: this.#signal,
      });
    }
  }
}
