import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ImageConfig } from '@storeyard/image-tools';
import { execa } from 'execa';

/** Options of {@link Container.start}. */
export interface StartContainerOptions {
  root: string;
  config: ImageConfig;
  env: Record<string, string>;
  /** Added to the image's entrypoint. */
  args?: string[];
  /** Folders of this machine by their path in the container. */
  volumes: Record<string, string>;
}

/**
 * An image's program as the first process of its own process and mount namespace, with the image's user, environment and
 * stop signal, on a read-only root with an empty `/tmp`. It shares the network.
 */
export class Container {
  static async start(options: StartContainerOptions): Promise<Container> {
    const { root, config, env, volumes } = options;
    for (const target of [...Object.keys(volumes), '/tmp', '/proc', '/dev']) {
      await mkdir(join(root, target), { recursive: true });
    }
    const script = [
      'set -e',
      'mount --bind "$ROOT" "$ROOT"',
      'mount -o remount,bind,ro "$ROOT"',
      'mount --rbind /dev "$ROOT/dev"',
      'mount -t proc proc "$ROOT/proc"',
      'mount -t tmpfs -o mode=1777 tmpfs "$ROOT/tmp"',
      ...Object.entries(volumes).map(
        ([target, source]) => `mount --bind '${source}' "$ROOT${target}"`,
      ),
      'exec chroot --userspec="$CONTAINER_USER" "$ROOT" /usr/bin/env -i "$@"',
    ].join('\n');
    const command = [
      ...(config.Env ?? []),
      ...Object.entries(env).map(([name, value]) => `${name}=${value}`),
      ...['sh', '-c', 'cd "$0" && exec "$@"', config.WorkingDir ?? '/'],
      ...(config.Entrypoint ?? []),
      ...(options.args ?? []),
    ];
    return new Container(
      runIsolated({ script, command, root, user: config.User ?? '0:0' }),
      config,
    );
  }

  #output = '';
  #isRunning = true;

  private constructor(
    private readonly process: ReturnType<typeof runIsolated>,
    private readonly config: ImageConfig,
  ) {
    process.all.on('data', chunk => {
      this.#output += chunk;
    });
    process.finally(() => {
      this.#isRunning = false;
    });
  }

  /** All that it wrote so far. */
  get output(): string {
    return this.#output;
  }

  get isRunning(): boolean {
    return this.#isRunning;
  }

  /** Sends the image's stop signal to the container's first process. @returns its exit code */
  async stop(): Promise<number | undefined> {
    const { pid } = this.process;
    const outer = pid && (await firstChild(pid));
    const first = outer && (await firstChild(outer));
    if (first) {
      process.kill(first, (this.config.StopSignal ?? 'SIGTERM') as 'SIGTERM');
    }
    return (await this.process).exitCode;
  }

  /** Ends it whatever it does. */
  async kill(): Promise<void> {
    this.process.kill('SIGKILL');
    await this.process;
  }
}

function runIsolated(options: {
  script: string;
  command: string[];
  root: string;
  user: string;
}) {
  return execa(
    'setpriv',
    [
      ...['--pdeathsig', 'KILL', '--'],
      // Two of them: the program changes its user, after which the kernel would no longer end it with its parent.
      ...['unshare', '--pid', '--fork', '--kill-child'],
      ...['unshare', '--mount', '--pid', '--fork'],
      ...['sh', '-c', options.script, 'sh'],
      ...options.command,
    ],
    {
      env: { ROOT: options.root, CONTAINER_USER: options.user },
      stdin: 'ignore',
      all: true,
      reject: false,
    },
  );
}

async function firstChild(pid: number): Promise<number | undefined> {
  const children = await readFile(
    `/proc/${pid}/task/${pid}/children`,
    'utf8',
  ).catch(() => '');
  return Number(children.trim().split(' ')[0]) || undefined;
}
