import { StageResult } from './TestStage';

/** The parts of jest's `--json` report that are read here (jest 30). */
export interface JestReport {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  testResults: Array<{
    name: string;
    status: string;
    message: string;
    assertionResults: Array<{
      fullName: string;
      status: string;
      failureMessages?: string[] | null;
    }>;
  }>;
}

// eslint-disable-next-line no-control-regex
const colours = /\u001b\[[0-9;]*m/g;

function firstLines(message: string, lines: number): string {
  return message
    .replace(colours, '')
    .split('\n')
    .map(line => line.trim())
    .filter(Boolean)
    .slice(0, lines)
    .join(' · ');
}

/** A suite that could not even be loaded has no test that failed, so it counts as one failure itself. */
export function readJestReport(report: JestReport): StageResult {
  const failures: string[] = [];
  let broken = 0;
  for (const suite of report.testResults) {
    const failed = suite.assertionResults.filter(
      test => test.status === 'failed',
    );
    for (const test of failed) {
      failures.push(
        `${test.fullName}: ${firstLines(
          test.failureMessages?.[0] ?? 'no message',
          4,
        )}`,
      );
    }
    if (suite.status === 'failed' && failed.length === 0) {
      broken += 1;
      failures.push(`${suite.name}: ${firstLines(suite.message, 6)}`);
    }
  }
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + broken,
    skipped: report.numPendingTests,
    failures,
  };
}
