import { existsSync, statfsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { PreparationError } from '../progress';
import { inspectToolchain, planToolchain } from './toolchain';
import type { ToolchainFacts, ToolchainPlan } from './toolchain';

/** Bytes that caches and programs take while everything is compiled. */
export const buildDiskBytes = 12e9;

/** What {@link checkBuildRequirements} found. */
export interface BuildRequirements {
  facts: ToolchainFacts;
  plan: ToolchainPlan;
}

function freeBytes(path: string): number {
  let folder = path;
  while (!existsSync(folder)) {
    folder = dirname(folder);
  }
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
}

/** What an interrupted build left, which the next one needs no room for. */
async function bytesBelow(folder: string): Promise<number> {
  if (!existsSync(folder)) {
    return 0;
  }
  // Another build may remove files meanwhile: what du could count is what is wanted.
  const { stdout } = await execa(
    'du',
    ['--summarize', '--block-size=1', folder],
    { reject: false },
  );
  return Number.parseInt(stdout, 10) || 0;
}

/**
 * Checks, before anything is changed, that all can be compiled here.
 *
 * @throws PreparationError in one line with the remedy
 */
export async function checkBuildRequirements(options: {
  cacheDirectory: string;
}): Promise<BuildRequirements> {
  const { cacheDirectory } = options;
  if (process.platform !== 'linux') {
    throw new PreparationError(
      `the native cluster wants 'linux', found '${process.platform}'`,
      { remedy: 'use a cluster of your own: --context <name>' },
    );
  }
  const [facts, started] = await Promise.all([
    inspectToolchain({ cacheDirectory }),
    bytesBelow(join(cacheDirectory, 'build')),
  ]);
  const plan = planToolchain(facts);
  const free = freeBytes(cacheDirectory);
  if (free + started < buildDiskBytes) {
    const gigabytes = (bytes: number) => `${(bytes / 1e9).toFixed(1)} GB`;
    throw new PreparationError(
      `the first build needs '${gigabytes(
        buildDiskBytes - started,
      )}' free at '${cacheDirectory}', found '${gigabytes(free)}'`,
      { remedy: 'free some space, or point XDG_CACHE_HOME to another disk' },
    );
  }
  return { facts, plan };
}
