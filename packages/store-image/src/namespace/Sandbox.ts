import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { execa, type ResultPromise } from 'execa';

/** Options of {@link Sandbox.create}. */
export interface CreateSandboxOptions {
  /** Folder that becomes the root. */
  root: string;
  userId: number;
  /** `NAME=value`, as in an image's config. */
  env: readonly string[];
}

/** Options of a command in a sandbox. */
export interface SandboxCommandOptions {
  env?: Record<string, string>;
  input?: string;
  /** Folder below the root. Default: `/`. */
  cwd?: string;
}

/** A root file system in which programs run as they would in a container of it. Its mounts end with the namespace. */
export class Sandbox {
  static async create(options: CreateSandboxOptions): Promise<Sandbox> {
    const { root } = options;
    const mount = async (target: string, ...args: string[]) => {
      await mkdir(join(root, target), { recursive: true });
      await execa('mount', [...args, join(root, target)]);
    };
    await mount('dev', '--bind', '/dev');
    await mount('dev/shm', '-t', 'tmpfs', '-o', 'mode=1777', 'tmpfs');
    await mount('proc', '-t', 'proc', 'proc');
    await mount('tmp', '-t', 'tmpfs', '-o', 'mode=1777', 'tmpfs');
    return new Sandbox(options);
  }

  private constructor(private readonly options: CreateSandboxOptions) {}

  /** Where a path of the sandbox is outside. */
  path(inside: string): string {
    return join(this.options.root, inside);
  }

  /** Starts a command and doesn't wait; the process is the command's own. */
  start(
    command: string,
    args: readonly string[],
    options: SandboxCommandOptions = {},
  ): ResultPromise<{ all: true }> {
    const { root, userId, env } = this.options;
    return execa(
      'chroot',
      [
        `--userspec=${userId}:${userId}`,
        root,
        ...['/usr/bin/env', '-i', ...env],
        ...Object.entries(options.env ?? {}).map(
          ([name, value]) => `${name}=${value}`,
        ),
        ...['/bin/sh', '-c', 'cd "$0" && exec "$@"', options.cwd ?? '/'],
        command,
        ...args,
      ],
      {
        input: options.input,
        stdin: options.input === undefined ? 'ignore' : undefined,
        stdout: ['pipe', 'inherit'],
        stderr: ['pipe', 'inherit'],
        all: true,
        maxBuffer: 1_000_000_000,
        // A busy machine needs longer than execa's five seconds to end a server.
        forceKillAfterDelay: 60_000,
      },
    ) as ResultPromise<{ all: true }>;
  }

  /** Runs a command to its end. @returns what it wrote */
  async run(
    command: string,
    args: readonly string[],
    options: SandboxCommandOptions = {},
  ): Promise<string> {
    return (await this.start(command, args, options)).all;
  }
}
