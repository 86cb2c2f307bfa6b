import { chmod, chown, mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  extractDebianPackages,
  type ExtractDebianPackagesOptions,
  type ExtractedPackage,
} from './extractDebianPackages';

/** A user of an image, with a group of the same name and number. */
export interface RootUser {
  name: string;
  id: number;
  home: string;
}

/** Options of {@link createDebianRoot}. */
export interface CreateDebianRootOptions extends ExtractDebianPackagesOptions {
  /** Users besides `root`. Their homes are made and belong to them. */
  users?: readonly RootUser[];
  /** Commands that busybox provides; the package `busybox-static` must be in `packages`. */
  busyboxCommands?: readonly string[];
}

/**
 * A root file system that a container can start from: packages, `/etc/passwd` and `group`, mount points
 * and `/tmp`. Needs root.
 */
export async function createDebianRoot(
  options: CreateDebianRootOptions,
): Promise<ExtractedPackage[]> {
  const { into, users = [], busyboxCommands = [] } = options;
  const extracted = await extractDebianPackages(options);

  for (const command of busyboxCommands) {
    await symlink('busybox', join(into, 'usr/bin', command));
  }
  for (const directory of ['proc', 'sys', 'dev', 'root', 'run', 'etc']) {
    await mkdir(join(into, directory), { recursive: true });
  }
  // what the scripts of base-files would have made
  for (const [link, target] of [
    ['var/run', '/run'],
    ['var/lock', '/run/lock'],
  ] as const) {
    await rm(join(into, link), { recursive: true, force: true });
    await mkdir(join(into, 'var'), { recursive: true });
    await symlink(target, join(into, link));
  }
  await mkdir(join(into, 'tmp'), { recursive: true });
  await chmod(join(into, 'tmp'), 0o1777);

  const all = [{ name: 'root', id: 0, home: '/root' }, ...users];
  await writeFile(
    join(into, 'etc/passwd'),
    all
      .map(
        user => `${user.name}:x:${user.id}:${user.id}::${user.home}:/bin/sh\n`,
      )
      .join(''),
  );
  await writeFile(
    join(into, 'etc/group'),
    all.map(user => `${user.name}:x:${user.id}:\n`).join(''),
  );
  await writeFile(join(into, 'etc/nsswitch.conf'), 'hosts: files dns\n');
  for (const user of users) {
    const home = join(into, user.home);
    await mkdir(home, { recursive: true });
    await chown(home, user.id, user.id);
  }
  return extracted;
}
