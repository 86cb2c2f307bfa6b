import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { digestFiles } from './digestFiles';

describe('digestFiles', () => {
  let root: string;

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'storeyard-digest-'));
    await mkdir(join(root, 'src/inner'), { recursive: true });
    await writeFile(join(root, 'src/a.ts'), 'a');
    await writeFile(join(root, 'src/inner/b.ts'), 'b');
    await writeFile(join(root, 'lock'), '1');
  });

  afterEach(async () => {
    await rm(root, { recursive: true });
  });

  const digest = () => digestFiles(root, ['src', 'lock']);

  it('is the same for the same files, in whatever order they are named', async () => {
    await expect(digest()).resolves.toBe(
      await digestFiles(root, ['lock', 'src']),
    );
  });

  it.each([
    ['a content', () => writeFile(join(root, 'src/inner/b.ts'), 'c')],
    ['a name', () => rename(join(root, 'src/a.ts'), join(root, 'src/c.ts'))],
    ['a new file', () => writeFile(join(root, 'src/inner/d.ts'), '')],
    ['a file beside', () => writeFile(join(root, 'lock'), '2')],
  ])('changes with %s', async (_what, change) => {
    const before = await digest();
    await change();
    await expect(digest()).resolves.not.toBe(before);
  });
});
