import type { HelmCommand } from './HelmCommand';

/** A release that can't be uninstalled must not hold up the namespace's deletion for longer than this. */
const UNINSTALL_TIMEOUT_MS = 15_000;

/** Lets Helm take away what its record lists, and the record. */
export class ReleaseRemover {
  static create(options: { helm: HelmCommand }): ReleaseRemover {
    return new ReleaseRemover(options.helm);
  }

  private constructor(private readonly helm: HelmCommand) {}

  /** @throws HelmError with Helm's words; a release that is not there is no error */
  async remove(options: {
    release: string;
    namespace: string;
    signal?: AbortSignal;
  }): Promise<void> {
    await this.helm.run({
      args: [
        'uninstall',
        options.release,
        '--namespace',
        options.namespace,
        '--ignore-not-found',
        '--timeout',
        `${UNINSTALL_TIMEOUT_MS / 1000}s`,
      ],
      timeoutMs: UNINSTALL_TIMEOUT_MS,
      signal: options.signal,
    });
  }
}
