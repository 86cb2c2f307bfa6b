import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { HelmHome } from './HelmHome';

describe('HelmHome', () => {
  let directory: string;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'helm-home-test-'));
  });

  afterEach(async () => {
    await rm(directory, { recursive: true, force: true });
  });

  it('is for nobody else to read, and gone when it is removed', async () => {
    const home = await HelmHome.create({ directory });
    expect((await stat(home.path)).mode % 0o1000).toBe(0o700);
    await home.remove();
    expect(await readdir(directory)).toEqual([]);
  });

  it('takes the place of what killed processes have left, and leaves the others theirs', async () => {
    const killed = spawn(process.execPath, ['--version'], { stdio: 'ignore' });
    await once(killed, 'exit');
    const kept = [`storeyard-helm-${process.ppid}-abc`, 'storeyard-other'];
    for (const name of [...kept, `storeyard-helm-${killed.pid}-abc`]) {
      await mkdir(join(directory, name));
    }
    const home = await HelmHome.create({ directory });
    expect((await readdir(directory)).sort()).toEqual(
      [...kept, basename(home.path)].sort(),
    );
  });
});
