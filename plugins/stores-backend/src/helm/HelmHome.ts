import { chmod, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const prefix = 'storeyard-helm-';
const pattern = new RegExp(`^${prefix}(\\d+)-`);

/** Helm's own folders, which are the process' alone: what a killed one has left behind goes when the next comes. */
export class HelmHome {
  /** Makes a home that only this user can read. */
  static async create(options: { directory?: string } = {}): Promise<HelmHome> {
    const { directory = tmpdir() } = options;
    await removeLeftOver(directory);
    const path = await mkdtemp(join(directory, `${prefix}${process.pid}-`));
    await chmod(path, 0o700);
    return new HelmHome(path);
  }

  private constructor(readonly path: string) {}

  async remove(): Promise<void> {
    await rm(this.path, { recursive: true, force: true });
  }
}

async function removeLeftOver(directory: string): Promise<void> {
  for (const name of await readdir(directory)) {
    const [, pid] = pattern.exec(name) ?? [];
    if (pid === undefined || isRunning(Number(pid))) continue;
    const path = join(directory, name);
    if (await isOurs(path)) await rm(path, { recursive: true, force: true });
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // Anything else says that it is somebody else's.
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

async function isOurs(path: string): Promise<boolean> {
  try {
    return (await stat(path)).uid === process.getuid?.();
  } catch (error) {
    // Another process has removed it meanwhile.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}
