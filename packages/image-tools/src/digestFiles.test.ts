import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { digestFiles } from './digestFiles';

describe('digestFiles', () => {
  let base: string;

  beforeEach(async () => {
    base = await mkdtemp(join(tmpdir(), 'digest-files-'));
  });

  afterEach(async () => {
    await rm(base, { recursive: true, force: true });
  });

  async function createTree(name: string, content = 'content') {
    const tree = join(base, name, 'tree');
    await mkdir(join(tree, 'folder'), { recursive: true });
    await writeFile(join(tree, 'folder/b'), content);
    await writeFile(join(tree, 'a'), 'a');
    return tree;
  }

  it('is the same for the same content elsewhere and at another time', async () => {
    const one = await createTree('one');
    const two = await createTree('two');
    await utimes(join(two, 'a'), 1, 1);

    expect(await digestFiles([one])).toBe(await digestFiles([two]));
  });

  it('changes with a byte, a name, a mode and the salt', async () => {
    const tree = await createTree('one');
    const digests = new Set([
      await digestFiles([tree]),
      await digestFiles([tree], { salt: ['2'] }),
      await digestFiles([await createTree('two', 'Content')]),
    ]);
    await writeFile(join(tree, 'c'), 'a');
    digests.add(await digestFiles([tree]));
    await rm(join(tree, 'c'));
    await writeFile(join(tree, 'c'), 'a', { mode: 0o755 });
    digests.add(await digestFiles([tree]));

    expect(digests.size).toBe(5);
  });

  it('leaves out what is to be ignored, at every depth', async () => {
    const tree = await createTree('one');
    const before = await digestFiles([tree], { ignore: ['node_modules'] });
    await mkdir(join(tree, 'folder/node_modules'));
    await writeFile(join(tree, 'folder/node_modules/x'), 'x');

    expect(await digestFiles([tree], { ignore: ['node_modules'] })).toBe(
      before,
    );
    expect(await digestFiles([tree])).not.toBe(before);
    expect(await digestFiles([tree], { ignore: ['*_modules'] })).toBe(before);
  });

  it('fails for a file that does not exist', async () => {
    await expect(digestFiles([join(base, 'nothing')])).rejects.toThrow(
      'ENOENT',
    );
  });
});
