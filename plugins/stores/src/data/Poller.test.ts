import { responseError } from '../__testUtils__/responseError';
import { Poller, type Polled } from './Poller';
import { pagePace } from './pollPace';

jest.useFakeTimers();

const minutes = 60_000;
let hidden = false;
Object.defineProperty(document, 'hidden', { get: () => hidden });

function look(isHidden: boolean) {
  hidden = isHidden;
  document.dispatchEvent(new Event('visibilitychange'));
}

describe('Poller', () => {
  const pollers: Array<{ stop(): void }> = [];

  afterEach(() => {
    pollers.splice(0).forEach(poller => poller.stop());
    look(false);
  });

  async function start(
    load: (signal: AbortSignal) => Promise<string>,
    isMoving = false,
  ) {
    const told: Array<Polled<string>> = [];
    const spy = jest.fn(load);
    const poller = Poller.create({
      load: spy,
      moving: () => isMoving,
      pace: pagePace,
      onChange: polled => told.push(polled),
    });
    pollers.push(poller);
    poller.start();
    await jest.advanceTimersByTimeAsync(0);
    return { poller, load: spy, last: () => told.at(-1) };
  }

  it('reads seldom while nothing moves', async () => {
    const { load } = await start(async () => 'a');
    await jest.advanceTimersByTimeAsync(15 * minutes);
    expect(load.mock.calls.length).toBeLessThanOrEqual(9);
  });

  it('reads often while something moves, and ever less often the longer it hangs', async () => {
    const { load } = await start(async () => 'a', true);
    await jest.advanceTimersByTimeAsync(20_000);
    expect(load).toHaveBeenCalledTimes(5);
    await jest.advanceTimersByTimeAsync(15 * minutes);
    expect(load.mock.calls.length).toBeLessThan(35);
  });

  it('keeps the value when a reading fails, and says when the next is due', async () => {
    let fails = false;
    const { last, load, poller } = await start(async () => {
      if (fails) throw new TypeError('Failed to fetch');
      return 'a';
    });
    const loadedAt = last()?.loadedAt;
    fails = true;
    poller.reload();
    await jest.advanceTimersByTimeAsync(0);
    expect(last()).toMatchObject({
      value: 'a',
      loadedAt,
      error: new TypeError('Failed to fetch'),
      retryAt: Date.now() + 5_000,
    });
    fails = false;
    await jest.advanceTimersByTimeAsync(5_000);
    expect(last()?.error).toBeUndefined();
    expect(load).toHaveBeenCalledTimes(3);
  });

  it('leaves the backend alone for as long as it wants, whoever asks', async () => {
    const error = await responseError(429, 'TooManyRequestsError', 'slow', {
      'Retry-After': '300',
    });
    const { last, load, poller } = await start(() => Promise.reject(error));
    expect(last()?.retryAt).toBe(Date.now() + 300_000);
    poller.reload();
    poller.hint();
    await jest.advanceTimersByTimeAsync(299_000);
    expect(load).toHaveBeenCalledTimes(1);
    await jest.advanceTimersByTimeAsync(1_000);
    expect(load).toHaveBeenCalledTimes(2);
  });

  it('takes hints that come together as one', async () => {
    const { load, poller } = await start(async () => 'a');
    poller.hint();
    poller.hint();
    await jest.advanceTimersByTimeAsync(1_000);
    poller.hint();
    await jest.advanceTimersByTimeAsync(1_000);
    expect(load).toHaveBeenCalledTimes(2);
  });

  it('rests while nobody looks, and reads at once when somebody does', async () => {
    const { load } = await start(async () => 'a');
    look(true);
    await jest.advanceTimersByTimeAsync(15 * minutes);
    expect(load).toHaveBeenCalledTimes(1);
    look(false);
    await jest.advanceTimersByTimeAsync(0);
    expect(load).toHaveBeenCalledTimes(2);
  });

  it('ends what it has under way when it stops', async () => {
    let aborted = false;
    const { poller, load, last } = await start(
      signal =>
        new Promise(() => {
          signal.addEventListener('abort', () => (aborted = true));
        }),
    );
    poller.stop();
    await jest.advanceTimersByTimeAsync(10 * minutes);
    expect(aborted).toBe(true);
    expect(load).toHaveBeenCalledTimes(1);
    expect(last()).toBeUndefined();
  });
});
