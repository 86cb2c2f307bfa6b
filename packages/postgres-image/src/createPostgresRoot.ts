import { chmod, chown, copyFile, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import {
  createDebianRoot,
  type ExtractedPackage,
} from '@storeyard/image-tools';
import { postgresUserId, postgresVersion } from './postgresImage';

/** Options of {@link createPostgresRoot}. */
export interface CreatePostgresRootOptions {
  into: string;
  /** Where package files are kept between runs. */
  downloads?: string;
  signal?: AbortSignal;
}

/** Files of this package that the image is made of, for a digest of its inputs. */
export const postgresSources: readonly string[] = [
  join(__dirname, '../rootfs'),
  join(__dirname, '../src'),
];

/** The server and what it links to; neither LLVM (no just-in-time compiler) nor Perl. */
const packages = [
  ...['base-files', 'busybox-static', 'libc-bin', 'netbase', 'tzdata'],
  ...[`postgresql-${postgresVersion}`, `postgresql-client-${postgresVersion}`],
  ...['libaudit1', 'libc6', 'libcap-ng0', 'libcap2', 'libcom-err2'],
  ...['libcrypt1', 'libffi8', 'libgcc-s1', 'libgcrypt20', 'libgmp10'],
  ...['libgnutls30', 'libgpg-error0', 'libgssapi-krb5-2', 'libhogweed6'],
  ...['libicu72', 'libidn2-0', 'libk5crypto3', 'libkeyutils1', 'libkrb5-3'],
  ...['libkrb5support0', 'libldap-2.5-0', 'liblz4-1', 'liblzma5'],
  ...['libnettle8', 'libp11-kit0', 'libpam0g', 'libpcre2-8-0', 'libpq5'],
  ...['libreadline8', 'libsasl2-2', 'libselinux1', 'libssl3', 'libstdc++6'],
  ...['libsystemd0', 'libtasn1-6', 'libtinfo6', 'libunistring2', 'libuuid1'],
  ...['libxml2', 'libxslt1.1', 'libzstd1', 'zlib1g'],
];

const commands = [
  ...['sh', 'cat', 'chmod', 'chown', 'cp', 'date', 'df', 'du', 'env', 'find'],
  ...['grep', 'head', 'hostname', 'id', 'ip', 'ls', 'mkdir', 'mv', 'ps', 'rm'],
  ...['rmdir', 'sed', 'sleep', 'stat', 'tail', 'test'],
];

/** Makes the image's root file system from Debian's packages. Needs root on Debian 12. */
export async function createPostgresRoot(
  options: CreatePostgresRootOptions,
): Promise<ExtractedPackage[]> {
  const { into } = options;
  const extracted = await createDebianRoot({
    ...options,
    packages,
    users: [
      { name: 'postgres', id: postgresUserId, home: '/var/lib/postgresql' },
    ],
    busyboxCommands: commands,
  });
  for (const unused of ['bitcode', 'llvmjit.so', 'llvmjit_types.bc']) {
    await rm(join(into, 'usr/lib/postgresql', postgresVersion, 'lib', unused), {
      recursive: true,
      force: true,
    });
  }
  for (const directory of ['var/lib/postgresql/data', 'run/postgresql']) {
    await mkdir(join(into, directory), { recursive: true });
    await chown(join(into, directory), postgresUserId, postgresUserId);
  }
  await mkdir(join(into, 'usr/local/bin'), { recursive: true });
  const entrypoint = join(into, 'usr/local/bin/docker-entrypoint.sh');
  await copyFile(join(__dirname, '../rootfs/docker-entrypoint.sh'), entrypoint);
  await chmod(entrypoint, 0o755);
  return extracted;
}
