import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CustomErrorBase, NotFoundError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import { execa } from 'execa';
import { HelmHome } from './HelmHome';
import { ProcessLimit } from './ProcessLimit';

const OUTPUT_LIMIT = 2_000;
/** A Helm takes some 80 MB and most of a processor. */
const PROCESSES = 3;

/** Helm ended with an error; the message has its own words. */
export class HelmError extends CustomErrorBase {
  override name = 'HelmError' as const;
}

export interface HelmCommandOptions {
  /** The program, by name or path. */
  command: string;
  /** The kubeconfig that Helm works under; absent means the service account of the pod we run in. */
  kubeconfig?: string;
}

export interface RunHelmOptions {
  args: string[];
  /** Handed over as a file that only we can read, never as arguments. */
  values?: JsonObject;
  timeoutMs: number;
  signal?: AbortSignal;
}

/** Runs Helm with a home of its own: no plugin, repository or setting of the machine's user has a say. */
export class HelmCommand {
  static create(options: HelmCommandOptions): HelmCommand {
    return new HelmCommand(options);
  }

  private home: Promise<HelmHome> | undefined;
  private readonly limit = ProcessLimit.create({ atOnce: PROCESSES });

  private constructor(private readonly options: HelmCommandOptions) {}

  /**
   * Waits for its turn when several run already; the time limit counts from its start.
   *
   * @returns what Helm wrote to its standard output
   * @throws HelmError with Helm's own words
   * @throws NotFoundError if there is no such program
   */
  async run(options: RunHelmOptions): Promise<string> {
    return await this.limit.run(() => this.runNow(options));
  }

  /** Removes Helm's home. */
  async close(): Promise<void> {
    const home = this.home && (await this.home);
    this.home = undefined;
    await home?.remove();
  }

  private async runNow(options: RunHelmOptions): Promise<string> {
    options.signal?.throwIfAborted();
    this.home ??= HelmHome.create();
    const { path: home } = await this.home;
    const folder = await mkdtemp(join(home, 'run-'));
    try {
      const args = [...options.args];
      if (options.values) {
        const file = join(folder, 'values.json');
        await writeFile(file, JSON.stringify(options.values), { mode: 0o600 });
        args.push('--values', file);
      }
      return await this.execute({ ...options, args, home });
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  private async execute(
    options: RunHelmOptions & { home: string },
  ): Promise<string> {
    const { args, home, timeoutMs, signal } = options;
    const { command, kubeconfig } = this.options;
    const { KUBERNETES_SERVICE_HOST, KUBERNETES_SERVICE_PORT } = process.env;
    const result = await execa(command, args, {
      extendEnv: false,
      env: {
        PATH: process.env.PATH,
        HOME: home,
        HELM_CACHE_HOME: join(home, 'cache'),
        HELM_CONFIG_HOME: join(home, 'config'),
        HELM_DATA_HOME: join(home, 'data'),
        HELM_DRIVER: 'secret',
        ...(kubeconfig
          ? { KUBECONFIG: kubeconfig }
          : { KUBERNETES_SERVICE_HOST, KUBERNETES_SERVICE_PORT }),
      },
      stdin: 'ignore',
      timeout: timeoutMs,
      cancelSignal: signal,
      forceKillAfterDelay: 5_000,
      reject: false,
      maxBuffer: 16 * 1024 * 1024,
    });
    if (!result.failed) return result.stdout;
    signal?.throwIfAborted();
    if (result.code === 'ENOENT') {
      throw new NotFoundError(
        `The program '${command}' is not there, expected Helm; 'stores.helm.command' names it`,
      );
    }
    throw new HelmError(
      `helm ${args[0]} ${
        result.timedOut ? `took more than ${timeoutMs / 1000} s` : 'failed'
      }: ${
        result.stderr.trim().slice(-OUTPUT_LIMIT) || result.originalMessage
      }`,
    );
  }
}
