import { PreparationProgress } from './PreparationProgress';
import { reportParts } from './reportParts';

const one = { id: 'one', title: 'the first', estimatedSeconds: 1 };
const other = { id: 'other', title: 'the other', estimatedSeconds: 1 };

describe('reportParts', () => {
  let progress: PreparationProgress;

  beforeEach(() => {
    progress = PreparationProgress.create({
      instance: 'test',
      log: '/logs/build.log',
      output: { isTTY: false, columns: 80, write: () => true },
    });
    progress.plan([one, other]);
  });

  afterEach(() => progress.close());

  const statuses = () => progress.snapshot().items.map(({ status }) => status);

  it('tells which parts were done and which were there before', async () => {
    await reportParts({ progress }, async runPart => {
      await runPart(one, async () => 'new');
      await runPart(
        other,
        async () => 'old',
        result => result === 'old',
      );
    });

    expect(statuses()).toEqual(['done', 'kept']);
    expect(progress.snapshot().status).toBe('ready');
  });

  it('names the part that failed, and ends what runs beside it', async () => {
    const ended: unknown[] = [];
    const failure = new Error('no room');

    await expect(
      reportParts({ progress }, async (runPart, signal) => {
        signal.addEventListener('abort', () => ended.push(signal.reason));
        await runPart(one, () => Promise.reject(failure));
      }),
    ).rejects.toBe(failure);

    expect(statuses()).toEqual(['failed', 'waiting']);
    expect(progress.snapshot()).toMatchObject({
      status: 'failed',
      error: { message: 'no room' },
    });
    expect(ended).toEqual([failure]);
  });

  it('calls an interruption no failure', async () => {
    const interruption = new AbortController();

    await expect(
      reportParts(
        { progress, signal: interruption.signal },
        async (runPart, signal) => {
          await runPart(one, async () => {
            interruption.abort();
            signal.throwIfAborted();
          });
        },
      ),
    ).rejects.toThrow('aborted');

    expect(statuses()).toEqual(['running', 'waiting']);
    expect(progress.snapshot().status).toBe('running');
  });
});
