import { describeDuration, runStages } from './runStages';
import { TestStage } from './TestStage';

const stage = (id: string, perform: TestStage['run']): TestStage => ({
  id,
  title: `stage ${id}`,
  run: perform,
});
const passes: TestStage['run'] = async () => ({
  passed: 2,
  failed: 0,
  skipped: 0,
  failures: [],
});

async function run(
  stages: TestStage[],
  { signal = new AbortController().signal, lanes = 1 } = {},
) {
  const lines: string[] = [];
  let time = 0;
  const result = await runStages({
    stages,
    root: '/repo',
    logDirectory: '/logs',
    signal,
    lanes,
    print: line => lines.push(line),
    now: () => (time += 1000),
  });
  return { lines, result };
}

describe('runStages', () => {
  it('closes with one line that adds up every stage', async () => {
    const { lines } = await run([
      stage('a', passes),
      stage('b', async () => ({
        passed: 1,
        failed: 1,
        skipped: 3,
        failures: ['x broke'],
      })),
    ]);
    expect(lines.at(-1)).toBe('3 passed, 1 failed, 3 skipped');
    expect(lines).toContain('    ✗ x broke');
    expect(lines).toContain('    log: /logs/b.log');
  });

  it('counts a stage that throws as a failure and goes on with the next', async () => {
    const { lines, result } = await run([
      stage('a', async () => {
        throw new Error('no compiler');
      }),
      stage('b', passes),
    ]);
    expect(result).toMatchObject({ passed: 2, failed: 1 });
    expect(lines.at(-1)).toBe('2 passed, 1 failed');
  });

  it('starts no further stage once interrupted, and does not call that a success', async () => {
    const controller = new AbortController();
    const later = jest.fn(passes);
    const { result } = await run(
      [
        stage('a', async context => {
          controller.abort();
          return passes(context);
        }),
        stage('b', later),
      ],
      { signal: controller.signal },
    );
    expect(later).not.toHaveBeenCalled();
    expect(result.failed).toBe(1);
  });

  it('runs as many stages at a time as it has lanes, and a stage only after those it needs', async () => {
    const story: string[] = [];
    const ends = new Map<string, () => void>();
    const held = (id: string, after?: string[]): TestStage => ({
      ...stage(id, async () => {
        story.push(`${id} begins`);
        await new Promise<void>(resolve => ends.set(id, resolve));
        story.push(`${id} ends`);
        return { passed: 1, failed: 0, skipped: 0, failures: [] };
      }),
      after,
    });
    const end = async (id: string) => {
      ends.get(id)?.();
      await new Promise(setImmediate);
    };

    const whole = run([held('a'), held('b', ['a']), held('c'), held('d')], {
      lanes: 2,
    });
    await end('c');
    await end('a');
    await end('d');
    await end('b');
    const { result } = await whole;

    expect(story).toEqual([
      'a begins',
      'c begins',
      'c ends',
      'd begins',
      'a ends',
      'b begins',
      'd ends',
      'b ends',
    ]);
    expect(result.passed).toBe(4);
  });

  it.each([
    [1, ['a begins', 'b begins', 'long begins']],
    [2, ['long begins', 'a begins', 'b begins']],
  ])('begins with long stages where %d run at a time', async (lanes, order) => {
    const story: string[] = [];
    const told = (id: string): TestStage =>
      stage(id, async context => {
        story.push(`${id} begins`);
        return passes(context);
      });
    await run([told('a'), told('b'), { ...told('long'), isLong: true }], {
      lanes,
    });
    expect(story).toEqual(order);
  });

  it('does not wait for a stage that is not part of the run', async () => {
    const { result } = await run([{ ...stage('b', passes), after: ['a'] }]);
    expect(result.passed).toBe(2);
  });

  it('refuses stages that wait for each other', async () => {
    await expect(
      run([
        { ...stage('a', passes), after: ['b'] },
        { ...stage('b', passes), after: ['a'] },
      ]),
    ).rejects.toThrow("stages that wait for each other: 'a', 'b'");
  });
});

describe('describeDuration', () => {
  it.each([
    [400, '0 s'],
    [59_400, '59 s'],
    [61_000, '1 m 01 s'],
  ])('writes %d ms as %s', (milliseconds, text) => {
    expect(describeDuration(milliseconds)).toBe(text);
  });
});
