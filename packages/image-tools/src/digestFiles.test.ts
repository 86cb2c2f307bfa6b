import {
  mkdir,
  mkdtemp,
  rename,
  rm,
  symlink,
  utimes,
  writeFile,
} from 'node:fs/promises';
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

    await rename(join(tree, 'c'), join(tree, 'd'));
    digests.add(await digestFiles([tree]));

    expect(digests.size).toBe(6);
  });

  it('knows where a link leads, and does not follow it', async () => {
    const tree = await createTree('one');
    const digests = new Set<string>();
    for (const target of ['a', 'nothing', base]) {
      await symlink(target, join(tree, 'link'));
      digests.add(await digestFiles([tree]));
      await rm(join(tree, 'link'));
    }
    expect(digests.size).toBe(3);
  });

  it('tells lists apart that read the same in a row', async () => {
    const [one, two] = [await createTree('one'), await createTree('two', 'x')];
    expect(await digestFiles([], { salt: ['ab', 'c'] })).not.toBe(
      await digestFiles([], { salt: ['a', 'bc'] }),
    );
    expect(await digestFiles([one, two])).not.toBe(
      await digestFiles([two, one]),
    );
    expect(await digestFiles([one])).toMatch(/^[0-9a-f]{64}$/);
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
    expect(await digestFiles([tree], { ignore: ['modules'] })).not.toBe(before);
  });

  it('fails for a file that does not exist', async () => {
    await expect(digestFiles([join(base, 'nothing')])).rejects.toThrow(
      'ENOENT',
    );
  });
});
