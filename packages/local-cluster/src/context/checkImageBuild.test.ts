import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkImageBuild } from './checkImageBuild';

describe('checkImageBuild', () => {
  const cache = mkdtempSync(join(tmpdir(), 'cache-'));
  const builder = { platform: 'linux', architecture: 'x64', isRoot: true };

  afterAll(() => rmSync(cache, { recursive: true }));

  it('lets root on Linux build what is not built', async () => {
    await expect(checkImageBuild(cache, builder)).resolves.toBeUndefined();
  });

  it.each([
    ['another user', { isRoot: false }, 'building them wants root', 'sudo -E'],
    [
      'another system',
      { platform: 'darwin', architecture: 'arm64' },
      "this is 'darwin-arm64'",
      'copy',
    ],
  ])('says to %s what to do', async (_, change, problem, remedy) => {
    await expect(
      checkImageBuild(cache, { ...builder, ...change }),
    ).rejects.toMatchObject({
      message: expect.stringContaining(problem),
      remedy: expect.stringContaining(remedy),
    });
    await expect(
      checkImageBuild(cache, { ...builder, ...change }),
    ).rejects.toMatchObject({
      remedy: expect.stringContaining(join(cache, 'images')),
    });
  });
});
