import { cacheDirectory } from '@storeyard/image-tools';
import {
  checkBuildRequirements,
  installDebianPackages,
  locatePrograms,
} from '../build';
import { isInstanceRunning } from '../native/isInstanceRunning';
import { PreparationError } from '../progress';
import { stateDirectory } from '../stateDirectory';
import { checkMachine, PreflightProblem } from './checks';
import { packagesOf } from './neededPrograms';
import { readMachineFacts } from './readMachineFacts';

/** Options of {@link runPreflight}. */
export interface RunPreflightOptions {
  instance: string;
}

/** What {@link runPreflight} found. */
export interface PreflightResult {
  /** Empty: nothing stands in the way. */
  problems: PreflightProblem[];
  /** Debian packages that `up` will install. */
  packages: string[];
}

async function buildProblem(): Promise<PreflightProblem | undefined> {
  const cache = cacheDirectory();
  if (locatePrograms({ cacheDirectory: cache }).isComplete) {
    return undefined;
  }
  try {
    await checkBuildRequirements({ cacheDirectory: cache });
    return undefined;
  } catch (error) {
    if (error instanceof PreparationError) {
      return {
        id: 'build',
        problem: error.message,
        remedy: error.remedy ?? 'see docs/local-cluster.md',
      };
    }
    throw error;
  }
}

/** All checks before a native instance is started. Changes nothing. */
export async function runPreflight(
  options: RunPreflightOptions,
): Promise<PreflightResult> {
  const state = stateDirectory(options.instance);
  const { isRunning, ports } = isInstanceRunning(state);
  const facts = await readMachineFacts({ state, isRunning, ports });
  const build = facts.platform === 'linux' ? await buildProblem() : undefined;
  return {
    problems: [...checkMachine(facts), ...(build ? [build] : [])],
    packages: packagesOf(facts.missingPrograms),
  };
}

/** One line for each problem. */
export function renderProblem({ problem, remedy }: PreflightProblem): string {
  return `${problem}. ${remedy}`;
}

/**
 * Runs all checks, then installs what lacks and can be installed.
 *
 * @throws PreparationError that names every problem and remedy
 */
export async function ensureMachine(
  options: RunPreflightOptions & { log: string; signal?: AbortSignal },
): Promise<void> {
  const first = await runPreflight(options);
  throwProblems(first.problems);
  if (first.packages.length > 0) {
    await installDebianPackages({
      packages: first.packages,
      log: options.log,
      signal: options.signal,
    });
    // What could not be tried without them.
    throwProblems((await runPreflight(options)).problems);
  }
}

function throwProblems(problems: PreflightProblem[]): void {
  if (problems.length > 0) {
    throw new PreparationError(
      problems.map(({ problem }) => problem).join('; '),
      { remedy: problems.map(({ remedy }) => remedy).join('; ') },
    );
  }
}
