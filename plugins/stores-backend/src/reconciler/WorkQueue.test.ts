import { WorkQueue, type WorkQueueOptions } from './WorkQueue';

interface Run {
  key: string;
  finish(result?: { againInMs?: number }): void;
  fail(error: Error): void;
}

function createQueue(options: Partial<WorkQueueOptions> = {}) {
  const runs: Run[] = [];
  const errors: { key: string; retryInMs: number }[] = [];
  const queue = WorkQueue.create({
    concurrency: 2,
    process: key =>
      new Promise((resolve, reject) => {
        runs.push({ key, finish: resolve, fail: reject });
      }),
    onError: (key, _, retryInMs) => errors.push({ key, retryInMs }),
    backoff: { initialMs: 100, maximumMs: 1_000 },
    random: () => 1,
    ...options,
  });
  const keys = () => runs.map(({ key }) => key);
  return { queue, runs, errors, keys };
}

/** Lets promises that are settled run on. */
const settle = () => jest.advanceTimersByTimeAsync(0);

describe('WorkQueue', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });

  afterEach(() => {
    jest.useRealTimers();
  });

  it('works on no more keys at once than it may', async () => {
    const { queue, runs, keys } = createQueue();
    queue.add('a');
    queue.add('b');
    queue.add('c');
    expect(keys()).toEqual(['a', 'b']);
    expect(queue.depth()).toEqual({ request: 0, drift: 0, resync: 1 });
    runs[0]!.finish();
    await settle();
    expect(keys()).toEqual(['a', 'b', 'c']);
  });

  it('works once on a key that was asked for often', async () => {
    const { queue, runs, keys } = createQueue({ concurrency: 1 });
    queue.add('busy');
    queue.add('a');
    queue.add('a');
    queue.add('a');
    runs[0]!.finish();
    await settle();
    runs[1]!.finish();
    await settle();
    expect(keys()).toEqual(['busy', 'a']);
  });

  it('works once more on a key that was asked for meanwhile, and never on one key twice at a time', async () => {
    const { queue, runs, keys } = createQueue();
    queue.add('a');
    queue.add('a');
    queue.add('a');
    expect(keys()).toEqual(['a']);
    runs[0]!.finish({ againInMs: 60_000 });
    await settle();
    expect(keys()).toEqual(['a', 'a']);
    runs[1]!.finish();
    await settle();
    expect(keys()).toEqual(['a', 'a']);
  });

  it('takes requests before repairs and repairs before regular visits', async () => {
    const { queue, runs, keys } = createQueue({ concurrency: 1 });
    queue.add('busy');
    queue.add('resync', { priority: 'resync' });
    queue.add('drift', { priority: 'drift' });
    queue.add('request', { priority: 'request' });
    for (let index = 0; index < 4; index += 1) {
      runs[index]!.finish();
      await settle();
    }
    expect(keys()).toEqual(['busy', 'request', 'drift', 'resync']);
  });

  it('raises the priority of a key that waits', async () => {
    const { queue, runs, keys } = createQueue({ concurrency: 1 });
    queue.add('busy');
    queue.add('a', { priority: 'resync' });
    queue.add('b', { priority: 'drift' });
    queue.add('a', { priority: 'request' });
    runs[0]!.finish();
    await settle();
    expect(keys()).toEqual(['busy', 'a']);
  });

  it('does not lower the priority of a key that waits', async () => {
    const { queue, runs, keys } = createQueue({ concurrency: 1 });
    queue.add('busy');
    queue.add('b', { priority: 'drift' });
    queue.add('a', { priority: 'request' });
    queue.add('a', { priority: 'resync' });
    runs[0]!.finish();
    await settle();
    expect(keys()).toEqual(['busy', 'a']);
  });

  it('keeps the priority of a key that is asked for meanwhile, or comes back', async () => {
    const { queue, runs, keys } = createQueue({ concurrency: 1 });
    queue.add('a', { priority: 'request' });
    queue.add('b', { priority: 'drift' });
    queue.add('a');
    runs[0]!.finish();
    await settle();
    expect(keys()).toEqual(['a', 'a']);
    runs[1]!.finish({ againInMs: 100 });
    await jest.advanceTimersByTimeAsync(100);
    queue.add('c', { priority: 'drift' });
    runs[2]!.finish();
    await settle();
    expect(keys()).toEqual(['a', 'a', 'b', 'a']);
  });

  it('knows of a key until there is nothing more to do for it', async () => {
    const { queue, runs } = createQueue({ concurrency: 1 });
    queue.add('busy');
    queue.add('a');
    expect(queue.has('a')).toBe(true);
    runs[0]!.finish();
    await settle();
    expect(queue.has('busy')).toBe(false);
    expect(queue.has('a')).toBe(true);
    runs[1]!.finish({ againInMs: 100 });
    await settle();
    expect(queue.has('a')).toBe(true);
    await jest.advanceTimersByTimeAsync(100);
    runs[2]!.finish();
    await settle();
    expect(queue.has('a')).toBe(false);
  });

  it('comes back after the time that the work asks for', async () => {
    const { queue, runs, keys } = createQueue();
    queue.add('a');
    runs[0]!.finish({ againInMs: 250 });
    await jest.advanceTimersByTimeAsync(249);
    expect(keys()).toEqual(['a']);
    await jest.advanceTimersByTimeAsync(1);
    expect(keys()).toEqual(['a', 'a']);
  });

  it('does not wait for the delay when somebody asks', async () => {
    const { queue, runs, keys } = createQueue();
    queue.add('a');
    runs[0]!.finish({ againInMs: 10_000 });
    await settle();
    queue.add('a', { priority: 'request' });
    expect(keys()).toEqual(['a', 'a']);
    runs[1]!.finish();
    await jest.advanceTimersByTimeAsync(20_000);
    expect(keys()).toEqual(['a', 'a']);
  });

  it('waits longer after each error in a row, up to a bound, and forgets them after a success', async () => {
    const { queue, runs, errors } = createQueue();
    queue.add('a');
    for (let index = 0; index < 6; index += 1) {
      runs[index]!.fail(new Error('no'));
      await jest.advanceTimersByTimeAsync(1_000);
    }
    expect(errors.map(({ retryInMs }) => retryInMs)).toEqual([
      100, 200, 400, 800, 1_000, 1_000,
    ]);
    runs[6]!.finish({ againInMs: 1 });
    await jest.advanceTimersByTimeAsync(1);
    runs[7]!.fail(new Error('no'));
    await settle();
    expect(errors.at(-1)).toEqual({ key: 'a', retryInMs: 100 });
  });

  it('spreads the pauses, so that keys which failed together come apart', async () => {
    const values = [0, 0.5, 1];
    const { queue, runs, errors } = createQueue({
      concurrency: 3,
      random: () => values.shift() ?? 0,
    });
    for (const key of ['a', 'b', 'c']) queue.add(key);
    for (const run of runs) run.fail(new Error('no'));
    await settle();
    expect(errors.map(({ retryInMs }) => retryInMs)).toEqual([50, 75, 100]);
  });

  it('goes on with other keys while one waits for its next attempt', async () => {
    const { queue, runs, keys } = createQueue({ concurrency: 1 });
    queue.add('a');
    queue.add('b');
    runs[0]!.fail(new Error('no'));
    await settle();
    expect(keys()).toEqual(['a', 'b']);
  });

  it('begins nothing after it was stopped, and waits for what runs', async () => {
    const { queue, runs, keys } = createQueue({ concurrency: 1 });
    queue.add('c');
    queue.add('a');
    queue.add('b');
    runs[0]!.finish({ againInMs: 10 });
    await settle();
    let stopped = false;
    const stop = queue.stop().then(() => {
      stopped = true;
    });
    await settle();
    expect(stopped).toBe(false);
    runs[1]!.finish({ againInMs: 1 });
    await stop;
    queue.add('d');
    expect(queue.has('d')).toBe(false);
    expect(jest.getTimerCount()).toBe(0);
    expect(keys()).toEqual(['c', 'a']);
  });
});
