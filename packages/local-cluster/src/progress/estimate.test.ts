import { EstimatedItem, estimateRemaining, slowness } from './estimate';

const item = (facts: Partial<EstimatedItem>): EstimatedItem => ({
  status: 'waiting',
  estimatedSeconds: 100,
  elapsedSeconds: 0,
  ...facts,
});

describe('slowness', () => {
  it('is what finished parts took against what was planned', () => {
    const items = [
      item({ status: 'done', elapsedSeconds: 250 }),
      item({ status: 'done', elapsedSeconds: 150 }),
    ];
    expect(slowness(items)).toBe(2);
  });

  it('counts the part of a running compile that is behind it', () => {
    const running = { status: 'running', done: 50, total: 100 } as const;
    expect(slowness([item({ ...running, elapsedSeconds: 150 })])).toBe(3);
  });

  it('takes nothing from parts that were kept or have just begun', () => {
    const items = [
      item({ status: 'kept' }),
      item({ status: 'running', elapsedSeconds: 40, done: 1, total: 100 }),
    ];
    expect(slowness(items)).toBe(1);
  });

  it('believes in no machine that is a hundred times slower', () => {
    expect(slowness([item({ status: 'done', elapsedSeconds: 10_000 })])).toBe(
      6,
    );
  });

  it('believes in no machine that needs no time at all', () => {
    expect(slowness([item({ status: 'done', elapsedSeconds: 1 })])).toBe(0.25);
  });

  it('looks for five seconds before it says anything', () => {
    const done = (estimatedSeconds: number) =>
      slowness([
        item({ status: 'done', estimatedSeconds, elapsedSeconds: 10 }),
      ]);
    expect(done(4.9)).toBe(1);
    expect(done(5)).toBe(2);
  });

  it('does not judge by what counts nothing', () => {
    const items = [
      item({ status: 'running', elapsedSeconds: 400 }),
      item({ status: 'running', elapsedSeconds: 400, total: 100 }),
      item({ status: 'failed', elapsedSeconds: 400 }),
    ];
    expect(slowness(items)).toBe(1);
  });
});

describe('estimateRemaining', () => {
  it('adds up what waits', () => {
    expect(estimateRemaining([item({}), item({})])).toBe(200);
  });

  it('leaves out what is there', () => {
    const items = [item({ status: 'kept' }), item({ status: 'failed' })];
    expect(estimateRemaining(items)).toBe(0);
  });

  it('takes what is left of a compile at its own pace', () => {
    const running = item({
      ...{ status: 'running', elapsedSeconds: 5, done: 25, total: 100 },
    });
    expect(estimateRemaining([running])).toBe(15);
  });

  it('takes what was planned for a compile that has just begun', () => {
    const running = item({
      ...{ status: 'running', elapsedSeconds: 1, done: 1, total: 100 },
    });
    expect(estimateRemaining([running])).toBe(99);
    const unmoved = item({ status: 'running', elapsedSeconds: 50, total: 100 });
    expect(estimateRemaining([unmoved])).toBe(100);
  });

  it('believes the own pace of a compile from a tenth on', () => {
    const running = (done: number) =>
      estimateRemaining([
        item({ status: 'running', elapsedSeconds: 1, done, total: 100 }),
        // So slow that the two ways to look at it differ.
        item({ status: 'done', elapsedSeconds: 400 }),
      ]);
    expect(running(9)).toBeGreaterThan(300);
    expect(running(10)).toBe(9);
  });

  it('takes the time that is left of a part that counts nothing, and never less than none', () => {
    const items = [
      item({ status: 'running', elapsedSeconds: 30 }),
      item({ status: 'running', elapsedSeconds: 130 }),
    ];
    expect(estimateRemaining(items)).toBe(70);
  });

  it('scales by how slow the machine has proved to be', () => {
    const items = [item({ status: 'done', elapsedSeconds: 300 }), item({})];
    expect(estimateRemaining(items)).toBe(300);
  });
});
