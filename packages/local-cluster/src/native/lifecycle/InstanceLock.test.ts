import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { InstanceLock } from './InstanceLock';

const state = `/nowhere/${process.pid}`;
const nobodyWaits = () => {
  throw new Error('somebody else has the lock');
};

describe('InstanceLock', () => {
  it('is had by one at a time, and the next one hears of its release', async () => {
    const first = await InstanceLock.acquire({ state, onWait: nobodyWaits });
    const order: string[] = [];
    let second: Promise<InstanceLock> | undefined;
    await new Promise<void>(onWait => {
      second = InstanceLock.acquire({ state, onWait }).then(lock => {
        order.push('second');
        return lock;
      });
    });
    order.push('released');
    await first.release();
    await (await second!).release();
    expect(order).toEqual(['released', 'second']);
  });

  it('of one instance is no matter to another', async () => {
    const first = await InstanceLock.acquire({ state, onWait: nobodyWaits });
    const other = await InstanceLock.acquire({
      state: `${state}-other`,
      onWait: nobodyWaits,
    });
    expect(other).not.toBe(first);
    await other.release();
    await first.release();
  });

  it('can be waited for no longer', async () => {
    const first = await InstanceLock.acquire({ state, onWait: nobodyWaits });
    const controller = new AbortController();
    await expect(
      InstanceLock.acquire({
        state,
        onWait: () => controller.abort(new Error('enough')),
        signal: controller.signal,
      }),
    ).rejects.toThrow('enough');
    await first.release();
  });

  it('is free again when its holder was killed', async () => {
    const holder = spawn(
      process.execPath,
      [
        ...['--require', '@backstage/cli/config/nodeTransform.cjs', '-e'],
        `require(${JSON.stringify(require.resolve('./InstanceLock'))})
           .InstanceLock.acquire({ state: ${JSON.stringify(
             state,
           )}, onWait() {} })
           .then(() => { console.log('held'); setInterval(() => {}, 1000); })`,
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    await once(holder.stdout, 'data');
    const lock = await InstanceLock.acquire({
      state,
      onWait: () => holder.kill('SIGKILL'),
    });
    expect(holder.killed).toBe(true);
    await lock.release();
  });
});
