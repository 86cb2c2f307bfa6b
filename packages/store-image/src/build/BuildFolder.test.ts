import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BuildFolder } from './BuildFolder';

describe('BuildFolder', () => {
  let path: string;

  beforeEach(async () => {
    path = await mkdtemp(join(tmpdir(), 'build-folder-'));
  });

  afterEach(async () => {
    await rm(path, { recursive: true, force: true });
  });

  it('does a step once for a key, and again for another', async () => {
    const folder = BuildFolder.create({ path });
    const make = jest.fn(async (into: string) => {
      await writeFile(join(into, 'made'), 'x');
    });

    const first = await folder.step('step', 'one', make);
    const again = await BuildFolder.create({ path }).step('step', 'one', make);
    const other = await folder.step('step', 'two', make);

    expect(first.status).toBe('done');
    expect(again).toEqual({ folder: first.folder, status: 'kept' });
    expect(other.status).toBe('done');
    expect(make).toHaveBeenCalledTimes(2);
    expect(await readFile(join(again.folder, 'made'), 'utf8')).toBe('x');
  });

  it('begins anew where a step was interrupted', async () => {
    const folder = BuildFolder.create({ path });
    await expect(
      folder.step('step', 'one', async into => {
        await writeFile(join(into, 'half'), 'x');
        throw new Error('interrupted');
      }),
    ).rejects.toThrow('interrupted');

    const { folder: made } = await folder.step('step', 'one', async into => {
      await writeFile(join(into, 'whole'), 'x');
    });

    expect(await readdir(made)).toEqual(['whole']);
  });
});
