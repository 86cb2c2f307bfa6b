import {
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  symlink,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ForwardedError, NotImplementedError } from '@backstage/errors';
import { execa } from 'execa';

/** Options of {@link extractDebianPackages}. */
export interface ExtractDebianPackagesOptions {
  /** Names as in Debian 12. Dependencies aren't followed: the list is the whole content. */
  packages: readonly string[];
  /** The root file system to extract into, made when it isn't there. */
  into: string;
  /** Where the package files are downloaded to and kept. Default: a folder that is removed again. */
  downloads?: string;
  signal?: AbortSignal;
}

/** What was extracted: each package with its exact version, sorted by name. */
export interface ExtractedPackage {
  name: string;
  version: string;
}

/** Without it apt drops to a user who may not enter root's folders. */
const APT_OPTIONS = ['-o', 'APT::Sandbox::User=root'];

/** The release whose package names and libraries the images are made of. */
const RELEASE = { id: 'debian', version: '12' };

/**
 * Extracts Debian packages into a directory, merged-`/usr` layout, without running their scripts: a root
 * file system without a package manager. Documentation, manuals and translations are left out, licence
 * texts are kept. Needs root, so that files get their owners.
 *
 * @throws NotImplementedError on another system than Debian 12, whose package names would differ.
 */
export async function extractDebianPackages(
  options: ExtractDebianPackagesOptions,
): Promise<ExtractedPackage[]> {
  const { packages, into, signal } = options;
  await checkRelease();
  const downloads =
    options.downloads ?? (await mkdtemp(join(tmpdir(), 'debian-packages-')));
  try {
    await mkdir(downloads, { recursive: true });
    await downloadPackages(packages, downloads, signal);
    await createMergedUsr(into);
    const extracted: ExtractedPackage[] = [];
    for (const file of (await readdir(downloads)).sort()) {
      const [name, version] = file.split('_');
      if (!file.endsWith('.deb') || !name || !packages.includes(name)) {
        continue;
      }
      await extractPackage(join(downloads, file), into, signal);
      extracted.push({ name, version: decodeURIComponent(version ?? '') });
    }
    const missing = packages.filter(
      name =>
        !extracted.some(extractedPackage => extractedPackage.name === name),
    );
    if (missing.length > 0) {
      throw new Error(
        `apt-get downloaded no file for the packages '${missing.join("', '")}'`,
      );
    }
    return extracted;
  } finally {
    if (!options.downloads) {
      await rm(downloads, { recursive: true, force: true });
    }
  }
}

async function checkRelease(): Promise<void> {
  const text = await readFile('/etc/os-release', 'utf8').catch(() => '');
  const value = (key: string) =>
    new RegExp(`^${key}="?([^"\n]*)"?$`, 'm').exec(text)?.[1];
  const found = `${value('ID') ?? 'unknown'} ${
    value('VERSION_ID') ?? ''
  }`.trim();
  const wanted = `${RELEASE.id} ${RELEASE.version}`;
  if (found !== wanted) {
    throw new NotImplementedError(
      `Images are made of packages of '${wanted}', but this machine is '${found}'. ` +
        `Build them on Debian ${RELEASE.version} (a container or chroot will do) and load the archives`,
    );
  }
}

async function downloadPackages(
  packages: readonly string[],
  downloads: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  const present = new Set(
    (await readdir(downloads))
      .filter(file => file.endsWith('.deb'))
      .map(file => file.split('_')[0]),
  );
  const wanted = packages.filter(name => !present.has(name));
  if (wanted.length === 0) {
    return;
  }
  // apt writes in place, so an interrupted file must never carry its final name where we look for it
  const partial = join(downloads, 'partial');
  await rm(partial, { recursive: true, force: true });
  await mkdir(partial);
  const download = (apt: readonly string[]) =>
    execa('apt-get', [...apt, 'download', '--quiet', ...wanted], {
      cwd: partial,
      cancelSignal: signal,
    });
  try {
    await download(APT_OPTIONS);
  } catch (firstError) {
    if (signal?.aborted) {
      throw firstError;
    }
    // the machine's package lists lack or are old: fetch today's, beside the machine's own
    const state = await mkdtemp(join(tmpdir(), 'debian-lists-'));
    try {
      const own = [...APT_OPTIONS, '-o', `Dir::State::Lists=${state}`];
      await execa('apt-get', [...own, 'update', '--quiet'], {
        cancelSignal: signal,
      });
      await download(own);
    } catch (error) {
      throw new ForwardedError(
        `Debian packages couldn't be downloaded; 'apt-get update' must work on this machine`,
        error,
      );
    } finally {
      await rm(state, { recursive: true, force: true });
    }
  }
  for (const file of await readdir(partial)) {
    await rename(join(partial, file), join(downloads, file));
  }
}

async function createMergedUsr(into: string): Promise<void> {
  for (const name of ['bin', 'sbin', 'lib', 'lib64']) {
    await mkdir(join(into, 'usr', name), { recursive: true });
    await symlink(`usr/${name}`, join(into, name)).catch(error => {
      if (error.code !== 'EEXIST') {
        throw error;
      }
    });
  }
}

/** Licence texts (`copyright`) stay; apt's own files aren't part of any package listed here. */
const UNWANTED = [
  './usr/share/doc/*/changelog*',
  './usr/share/doc/*/NEWS*',
  './usr/share/doc/*/README*',
  './usr/share/doc/*/examples*',
  './usr/share/man/*',
  './usr/share/info/*',
  './usr/share/locale/*',
  './usr/share/lintian/*',
  './usr/share/bug/*',
  './usr/share/zoneinfo/right',
  './usr/share/zoneinfo/posix',
];

async function extractPackage(
  file: string,
  into: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  await execa('dpkg-deb', ['--fsys-tarfile', file], {
    buffer: false,
    cancelSignal: signal,
  }).pipe(
    'tar',
    [
      '--extract',
      '--preserve-permissions',
      '--keep-directory-symlink',
      ...UNWANTED.map(pattern => `--exclude=${pattern}`),
      '--directory',
      into,
    ],
    { buffer: false, cancelSignal: signal },
  );
}
