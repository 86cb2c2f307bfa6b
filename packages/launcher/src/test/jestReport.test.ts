import { JestReport, readJestReport } from './jestReport';

const suite = (
  overrides: Partial<JestReport['testResults'][number]>,
): JestReport['testResults'][number] => ({
  name: '/repo/a.test.ts',
  status: 'passed',
  message: '',
  assertionResults: [],
  ...overrides,
});

describe('readJestReport', () => {
  it('counts what passed, failed and was skipped', () => {
    const result = readJestReport({
      numPassedTests: 3,
      numFailedTests: 1,
      numPendingTests: 2,
      testResults: [
        suite({
          status: 'failed',
          assertionResults: [
            {
              fullName: 'the queue keeps order',
              status: 'failed',
              failureMessages: ['\u001b[31mexpected 1\u001b[0m\n\n   found 2'],
            },
          ],
        }),
      ],
    });
    expect(result).toEqual({
      passed: 3,
      failed: 1,
      skipped: 2,
      failures: ['the queue keeps order: expected 1 · found 2'],
    });
  });

  it('counts a suite that could not be loaded as a failure', () => {
    const result = readJestReport({
      numPassedTests: 5,
      numFailedTests: 0,
      numPendingTests: 0,
      testResults: [
        suite({ status: 'failed', message: 'Cannot find module x' }),
      ],
    });
    expect(result.failed).toBe(1);
    expect(result.failures).toEqual(['/repo/a.test.ts: Cannot find module x']);
  });
});
