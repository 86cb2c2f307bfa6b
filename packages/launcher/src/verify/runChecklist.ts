import { performance } from 'node:perf_hooks';
import { stringifyError } from '@backstage/errors';

/** One line of a checklist. */
export interface CheckStep {
  title: string;
  /** Resolves to what a reader wants to know of it, and fails with what was found against what was expected. */
  run(): Promise<string | undefined>;
}

/** Options of {@link runChecklist}. */
export interface RunChecklistOptions {
  steps: readonly CheckStep[];
  print: (line: string) => void;
  signal?: AbortSignal;
}

/**
 * Runs the steps in their order, a line each. What comes behind a step that
 * failed builds on it, so that it isn't run and counts as failed.
 *
 * @returns the exit code
 */
export async function runChecklist(
  options: RunChecklistOptions,
): Promise<number> {
  const { steps, print, signal } = options;
  const width = Math.max(...steps.map(({ title }) => title.length));
  let failed: string | undefined;
  for (const [index, { title, run }] of steps.entries()) {
    const label = `${String(index + 1).padStart(2)}/${steps.length}`;
    const line = (verdict: string, rest: string) =>
      print(`${label} ${verdict.padEnd(7)} ${title.padEnd(width)} ${rest}`);
    if (failed !== undefined) {
      line('not run', '');
      continue;
    }
    const begun = performance.now();
    const seconds = () =>
      `${((performance.now() - begun) / 1000).toFixed(1)} s`;
    try {
      signal?.throwIfAborted();
      line('ok', `${((await run()) ?? '').padEnd(40)} ${seconds()}`.trimEnd());
    } catch (error) {
      failed = label;
      line('failed', seconds());
      print(`      ${stringifyError(error)}`);
    }
  }
  print(
    failed === undefined
      ? `all ${steps.length} steps are ok`
      : `failed at step ${failed.trim()}`,
  );
  return failed === undefined ? 0 : 1;
}
