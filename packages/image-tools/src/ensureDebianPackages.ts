import { access } from 'node:fs/promises';
import { ForwardedError, NotFoundError } from '@backstage/errors';
import { execa } from 'execa';

/** Options of {@link ensureDebianPackages}. */
export interface EnsureDebianPackagesOptions {
  packages: readonly string[];
  /** Files that the packages bring. When all are there, nothing is done. */
  provides: readonly string[];
  /** What needs them, for the error message: `the browser tests`. */
  reason: string;
  signal?: AbortSignal;
}

const APT = ['/usr/bin/apt-get'];

/**
 * Installs packages on this machine where their files are missing, by `apt-get` and as root.
 *
 * @throws NotFoundError naming the command to run when this process can't install them.
 */
export async function ensureDebianPackages(
  options: EnsureDebianPackagesOptions,
): Promise<void> {
  const { packages, reason, signal } = options;
  const missing = await findMissing(options.provides);
  if (missing.length === 0) {
    return;
  }
  const remedy = `apt-get install ${packages.join(' ')}`;
  if (process.getuid?.() !== 0 || (await findMissing(APT)).length > 0) {
    throw new NotFoundError(
      `'${missing[0]}' is missing, which ${reason} need; run '${remedy}' as root`,
    );
  }
  const apt = (...args: string[]) =>
    execa('apt-get', ['--option', 'DPkg::Lock::Timeout=300', ...args], {
      env: { DEBIAN_FRONTEND: 'noninteractive' },
      cancelSignal: signal,
    });
  const install = () =>
    apt('install', '--yes', '--no-install-recommends', ...packages);
  try {
    await install().catch(async error => {
      if (signal?.aborted) {
        throw error;
      }
      // the machine's package lists lack or are old
      await apt('update');
      await install();
    });
  } catch (error) {
    throw new ForwardedError(
      `'${missing[0]}' is missing, which ${reason} need, and '${remedy}' failed`,
      error,
    );
  }
  const [still] = await findMissing(options.provides);
  if (still) {
    throw new NotFoundError(
      `'${remedy}' succeeded, but '${still}', which ${reason} need, is still missing`,
    );
  }
}

async function findMissing(paths: readonly string[]): Promise<string[]> {
  const missing: string[] = [];
  for (const path of paths) {
    try {
      await access(path);
    } catch {
      missing.push(path);
    }
  }
  return missing;
}
