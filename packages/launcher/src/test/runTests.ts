import { mkdir, rm } from 'node:fs/promises';
import { totalmem } from 'node:os';
import { join } from 'node:path';
import { InputError } from '@backstage/errors';
import { cacheDirectory } from '@storeyard/image-tools';
import { runStages } from './runStages';
import { allStages } from './stages';
import { TestStage } from './TestStage';

export interface RunTestsOptions {
  /** Stages to run; empty: all of them. */
  only: readonly string[];
  root: string;
  signal: AbortSignal;
  print: (line: string) => void;
}

/** Memory from which on stages run side by side: then there are two clusters at a time, and browsers and compilers beside. */
const lanesBytes = 12e9;

/** @throws InputError for a stage that does not exist. */
export function selectStages(
  stages: readonly TestStage[],
  only: readonly string[],
): readonly TestStage[] {
  const known = stages.map(stage => stage.id);
  const unknown = only.filter(id => !known.includes(id));
  if (unknown.length > 0) {
    throw new InputError(
      `No such stage: '${unknown.join("', '")}'. Known: ${known.join(', ')}`,
    );
  }
  return only.length === 0
    ? stages
    : stages.filter(stage => only.includes(stage.id));
}

/** The whole suite, or the named stages of it. Resolves to the process's exit code. */
export async function runTests(options: RunTestsOptions): Promise<number> {
  const stages = selectStages(allStages, options.only);
  const logDirectory = join(cacheDirectory(), 'test-logs');
  await rm(logDirectory, { recursive: true, force: true });
  await mkdir(logDirectory, { recursive: true });
  const total = await runStages({
    stages,
    root: options.root,
    logDirectory,
    signal: options.signal,
    print: options.print,
    lanes: totalmem() > lanesBytes ? 3 : 1,
  });
  return total.failed === 0 ? 0 : 1;
}
