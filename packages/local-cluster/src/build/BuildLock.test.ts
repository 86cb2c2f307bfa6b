import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BuildLock } from './BuildLock';
import { until } from './__fixtures__/until';

describe('BuildLock', () => {
  let folder: string;
  let file: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'lock-'));
    file = join(folder, 'cache', 'lock');
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it('is given to the next one when it is released', async () => {
    const order: string[] = [];
    const first = await BuildLock.acquire({ file });
    const second = BuildLock.acquire({ file }).then(lock => {
      order.push('second has it');
      return lock;
    });
    order.push('first releases it');
    await first.release();
    await (await second).release();
    expect(order).toEqual(['first releases it', 'second has it']);
  });

  it('says that it is waited for', async () => {
    const first = await BuildLock.acquire({ file });
    const onWait = jest.fn();
    const second = BuildLock.acquire({ file, onWait });
    await until('it is told', () => onWait.mock.calls.length > 0);
    await first.release();
    await (await second).release();
    expect(onWait).toHaveBeenCalledTimes(1);
  });

  it('is not waited for any longer after an abort', async () => {
    const first = await BuildLock.acquire({ file });
    const abort = new AbortController();
    const second = BuildLock.acquire({ file, signal: abort.signal });
    abort.abort(new Error('by hand'));
    await expect(second).rejects.toThrow('by hand');
    await first.release();
    await (await BuildLock.acquire({ file })).release();
  });
});
