import { totalmem } from 'node:os';
import { join } from 'node:path';
import { runCommand } from './runCommand';
import { GoBuild, programName } from './ProgramPart';

/** Options of {@link GoToolchain.create}. */
export interface GoToolchainOptions {
  /** Path of the `go` program. */
  go: string;
  /** Folder that the build has to itself: caches and scratch. */
  folder: string;
  /** Path of the log. */
  log: string;
  signal?: AbortSignal;
}

/** Options of {@link GoToolchain.build}. */
export interface GoBuildOptions {
  /** Folder of the module. */
  cwd: string;
  build: GoBuild;
  /** Folder that the programs are put in. */
  output: string;
  /** Is told how many of the packages that aren't in the build cache are compiled. */
  onPackage: (count: { done: number; total: number }) => void;
}

// A compile spends a tenth of its time less on collecting garbage with this, and up to 4 GB of memory.
const patientCollection = totalmem() > 12e9 ? { GOGC: '400' } : {};

function isPackageName(line: string): boolean {
  return /^[^\s#]+$/.test(line) && !line.endsWith(':');
}

/** Runs `go` with module and build caches of its own, and nothing of the user's settings but the proxy. */
export class GoToolchain {
  static create(options: GoToolchainOptions): GoToolchain {
    return new GoToolchain(options);
  }

  private constructor(private readonly options: GoToolchainOptions) {}

  /** Downloads what the packages need, no more: some modules of the requirement graph can't be had at all. */
  async fetch(options: { cwd: string; build: GoBuild }): Promise<void> {
    const { cwd, build } = options;
    await this.#go(build, cwd, [
      'list',
      '-deps',
      ...this.#tags(build),
      ...build.packages,
    ]);
  }

  /** Where a module's files lie, downloaded if need be. */
  async moduleFolder(options: {
    cwd: string;
    module: string;
  }): Promise<string> {
    const lines: string[] = [];
    await this.#run(
      ['mod', 'download', '-json', options.module],
      options.cwd,
      this.#environment(false),
      { onOutputLine: line => lines.push(line) },
    );
    const answer: { Dir: string } = JSON.parse(lines.join('\n'));
    return answer.Dir;
  }

  /**
   * Compiles and links. What an earlier, interrupted call compiled is in the cache and not done again.
   */
  async build(options: GoBuildOptions): Promise<void> {
    const { cwd, build, output, onPackage } = options;
    const total = await this.#count(cwd, build, output);
    let done = 0;
    onPackage({ done, total });
    const args = this.#buildArgs(build, output);
    await this.#run(
      ['build', '-v', ...args],
      cwd,
      this.#environment(build.cgo),
      {
        onErrorLine: line => {
          if (isPackageName(line)) {
            done = Math.min(done + 1, total);
            onPackage({ done, total });
          }
        },
      },
    );
  }

  /** Runs the tests of packages, which are named as `go test` has them. */
  async test(options: { cwd: string; packages: string[] }): Promise<void> {
    await this.#run(
      ['test', ...options.packages],
      options.cwd,
      this.#environment(false),
      {},
    );
  }

  /** A dry run names each package that the cache lacks as a folder of its own to be made. */
  async #count(cwd: string, build: GoBuild, output: string): Promise<number> {
    let total = 0;
    await this.#run(
      ['build', '-n', ...this.#buildArgs(build, output)],
      cwd,
      this.#environment(build.cgo),
      {
        quiet: true,
        onErrorLine: line => {
          if (/^mkdir -p \$WORK\/b\d+\/$/.test(line)) {
            total += 1;
          }
        },
      },
    );
    return total;
  }

  #tags(build: GoBuild): string[] {
    return build.tags ? ['-tags', build.tags.join(',')] : [];
  }

  #buildArgs(build: GoBuild, output: string): string[] {
    const variables = Object.entries(build.variables ?? {}).map(
      ([name, value]) => `-X ${name}=${value}`,
    );
    return [
      '-trimpath',
      ...this.#tags(build),
      '-ldflags',
      ['-s -w', ...variables].join(' '),
      '-o',
      build.packages.length === 1 && build.packages[0]
        ? join(output, programName(build.packages[0]))
        : `${output}/`,
      ...build.packages,
    ];
  }

  async #go(build: GoBuild, cwd: string, args: string[]): Promise<void> {
    await this.#run(args, cwd, this.#environment(build.cgo), {
      onOutputLine: () => undefined,
    });
  }

  async #run(
    args: string[],
    cwd: string,
    env: NodeJS.ProcessEnv,
    listeners: {
      quiet?: boolean;
      onErrorLine?: (line: string) => void;
      onOutputLine?: (line: string) => void;
    },
  ): Promise<void> {
    const { go, log, signal } = this.options;
    await runCommand({
      command: go,
      args,
      cwd,
      env,
      log,
      signal,
      ...listeners,
    });
  }

  #environment(cgo: boolean | undefined): NodeJS.ProcessEnv {
    const { folder } = this.options;
    return {
      ...process.env,
      ...patientCollection,
      CGO_ENABLED: cgo ? '1' : '0',
      GOCACHE: join(folder, 'compiled'),
      GOMODCACHE: join(folder, 'modules'),
      GOTMPDIR: join(folder, 'temporary'),
      // Modules in the cache stay deletable by whoever isn't root.
      GOFLAGS: '-buildvcs=false -modcacherw -mod=readonly',
      GOTOOLCHAIN: 'local',
      GOWORK: 'off',
    };
  }
}
