import { runChecklist, type CheckStep } from './runChecklist';

async function run(steps: CheckStep[]) {
  const lines: string[] = [];
  const code = await runChecklist({ steps, print: line => lines.push(line) });
  return { code, lines };
}

const ok = (title: string): CheckStep => ({
  title,
  run: async () => 'fine',
});

it('prints a line a step and ends with 0 when all are ok', async () => {
  const { code, lines } = await run([ok('first'), ok('second step')]);
  expect(code).toBe(0);
  expect(lines).toEqual([
    expect.stringMatching(/^ 1\/2 ok {6}first {7}fine +\d+\.\d s$/),
    expect.stringMatching(/^ 2\/2 ok {6}second step fine +\d+\.\d s$/),
    'all 2 steps are ok',
  ]);
});

it('ends with 1 at a failure, says why, and runs nothing that builds on it', async () => {
  const never = jest.fn();
  const { code, lines } = await run([
    ok('first'),
    {
      title: 'second',
      run: async () => {
        throw new Error("the status is '500', expected '200'");
      },
    },
    { title: 'third', run: never },
  ]);
  expect(code).toBe(1);
  expect(never).not.toHaveBeenCalled();
  expect(lines[1]).toMatch(/^ 2\/3 failed {2}second \d+\.\d s$/);
  expect(lines[2]).toContain("the status is '500', expected '200'");
  expect(lines[3]).toMatch(/^ 3\/3 not run third/);
  expect(lines[4]).toBe('failed at step 2/3');
});
