import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PreparationProgress } from '../progress';
import { buildPrograms, locatePrograms } from './buildPrograms';
import { FakeToolchain } from './__fixtures__/FakeToolchain';
import { testParts, writeTestSources } from './__fixtures__/testParts';
import { isAlive, until } from './__fixtures__/until';

describe('buildPrograms', () => {
  const path = process.env.PATH;
  let folder: string;
  let cacheDirectory: string;
  let goFolder: string;
  let log: string;
  let toolchain: FakeToolchain;
  const opened: PreparationProgress[] = [];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'build-'));
    cacheDirectory = join(folder, 'cache');
    goFolder = join(folder, 'go');
    log = join(folder, 'logs', 'build.log');
    writeTestSources(goFolder);
    toolchain = FakeToolchain.create();
    process.env.PATH = toolchain.path;
  });

  afterEach(() => {
    process.env.PATH = path;
    opened.splice(0).forEach(progress => progress.close());
    toolchain.remove();
    rmSync(folder, { recursive: true });
  });

  function build(options: { signal?: AbortSignal } = {}) {
    const progress = PreparationProgress.create({
      ...{ instance: 'local', log, output: { write: () => undefined } },
    });
    opened.push(progress);
    const built = buildPrograms({
      ...{ cacheDirectory, goFolder, log, progress, parts: testParts },
      ...options,
    });
    return { built, progress };
  }

  const statuses = (progress: PreparationProgress) =>
    Object.fromEntries(
      progress.snapshot().items.map(({ id, status }) => [id, status]),
    );

  it('builds all parts, counts their packages, and removes its caches', async () => {
    const { built, progress } = build();
    const { bin, key } = await built;
    expect(key).toMatch(/^v1\.\d+\.\d+-[0-9a-f]{8}$/);
    expect(bin).toBe(join(cacheDirectory, 'cluster', key, 'bin'));
    expect(readFileSync(join(bin, 'second'), 'utf8')).toBe('program second\n');
    expect(readlinkSync(join(bin, 'link'))).toBe('second');
    expect(progress.snapshot().items).toContainEqual(
      expect.objectContaining({
        ...{ id: 'first', status: 'done', done: 3, total: 3 },
        unit: 'packages',
      }),
    );
    expect(existsSync(join(cacheDirectory, 'build'))).toBe(false);
  });

  it('keeps everything the second time, and looks for no compiler then', async () => {
    await build().built;
    toolchain.breakProgram('gcc');
    const { built, progress } = build();
    await built;
    expect(new Set(Object.values(statuses(progress)))).toEqual(
      new Set(['kept']),
    );
    expect(toolchain.built()).toEqual(['first', 'second', 'third']);
  });

  it('builds a part again whose output is gone, and no other', async () => {
    const { bin } = await build().built;
    rmSync(join(bin, 'second'));
    const { built, progress } = build();
    await built;
    expect(toolchain.built().slice(3)).toEqual(['second']);
    expect(statuses(progress)).toMatchObject({
      ...{ first: 'kept', second: 'done', third: 'kept' },
    });
  });

  it('takes over what has not changed from another version, by hard links', async () => {
    const before = await build().built;
    writeFileSync(join(goFolder, 'third', 'main.go'), 'changed');
    const { built, progress } = build();
    const after = await built;
    expect(after.key).not.toBe(before.key);
    expect(toolchain.built().slice(3)).toEqual(['third']);
    expect(statuses(progress)).toMatchObject({
      ...{ first: 'kept', second: 'kept', third: 'done' },
    });
    const inode = (bin: string) => statSync(join(bin, 'first')).ino;
    expect(inode(after.bin)).toBe(inode(before.bin));
    expect(readlinkSync(join(after.bin, 'link'))).toBe('second');
  });

  it('does not take a changed test for a changed program', async () => {
    const { key } = await build().built;
    writeFileSync(join(goFolder, 'third', 'main_test.go'), 'changed');
    expect(
      locatePrograms({ cacheDirectory, goFolder, parts: testParts }),
    ).toEqual(expect.objectContaining({ key, isComplete: true }));
  });

  it('goes on after being killed in a compile, which dies with it', async () => {
    toolchain.hangIn('second');
    const builder = spawn(
      process.execPath,
      [
        ...[
          '--require',
          require.resolve('@backstage/cli/config/nodeTransform.cjs'),
        ],
        require.resolve('./__fixtures__/buildTestParts.ts'),
        ...[cacheDirectory, goFolder],
      ],
      { stdio: 'ignore', env: process.env },
    );
    const exited = once(builder, 'exit');
    await until(
      'it compiles the second part',
      () => toolchain.hanging().length === 2,
    );
    expect(existsSync(join(cacheDirectory, 'build', 'made', 'second'))).toBe(
      true,
    );
    // It is linked while the second is being compiled.
    const { key } = locatePrograms({
      ...{ cacheDirectory, goFolder, parts: testParts },
    });
    const stamps = join(cacheDirectory, 'cluster', key, 'stamps');
    await until('the first part is kept', () =>
      existsSync(join(stamps, 'first.json')),
    );
    builder.kill('SIGKILL');
    await exited;
    const [go] = toolchain.hanging();
    await until('the compiler is gone', () => go !== undefined && !isAlive(go));

    toolchain.hangIn(undefined);
    const { built, progress } = build();
    const { bin } = await built;
    expect(statuses(progress)).toMatchObject({ first: 'kept', second: 'done' });
    expect(toolchain.built()).toEqual(['first', 'second', 'second', 'third']);
    expect(existsSync(join(bin, 'third'))).toBe(true);
  });

  it('ends a compile with all that it started when it is aborted', async () => {
    toolchain.hangIn('second');
    const abort = new AbortController();
    const { built, progress } = build({ signal: abort.signal });
    const outcome = built.catch(error => error);
    await until(
      'it compiles the second part',
      () => toolchain.hanging().length === 2,
    );
    abort.abort(new Error('by hand'));
    expect(await outcome).toMatchObject({ message: 'by hand' });
    await until(
      'nothing is left of it',
      () => !toolchain.hanging().some(isAlive),
    );
    expect(toolchain.built()).toEqual(['first', 'second']);
    expect(statuses(progress)).toMatchObject({ third: 'waiting' });
  });

  it('names the command, its last words, the log and the remedy when a part fails', async () => {
    toolchain.failIn('second');
    const { built, progress } = build();
    await expect(built).rejects.toMatchObject({
      message: expect.stringMatching(
        /go build .* ended with '2': .*undefined: nothing/,
      ),
      remedy: expect.stringContaining(log),
    });
    expect(statuses(progress)).toMatchObject({
      first: 'done',
      second: 'failed',
      third: 'waiting',
    });
    expect(progress.snapshot()).toMatchObject({
      status: 'failed',
      error: { remedy: expect.stringContaining(log) },
    });
    expect(readFileSync(log, 'utf8')).toContain('undefined: nothing');
    expect(toolchain.built()).not.toContain('third');
  });

  it('says in one line what lacks before it changes anything', async () => {
    toolchain.breakProgram('gcc');
    toolchain.breakProgram('apt-get');
    const error = await build().built.catch(caught => caught);
    expect(error).toMatchObject({
      name: 'PreparationError',
      remedy: expect.stringMatching(/^sudo apt-get install .*gcc/),
    });
    expect(error.message).not.toContain('\n');
    expect(existsSync(cacheDirectory)).toBe(false);
  });

  it('waits for another build of the same cache and keeps what that one made', async () => {
    const [one, other] = [build(), build()];
    await Promise.all([one.built, other.built]);
    expect(toolchain.built()).toEqual(['first', 'second', 'third']);
    const first = [one, other].map(({ progress }) => statuses(progress).first);
    expect(first.sort()).toEqual(['done', 'kept']);
  });
});
