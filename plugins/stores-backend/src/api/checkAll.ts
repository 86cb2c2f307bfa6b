import { InputError } from '@backstage/errors';

/**
 * The results of all checks.
 *
 * @throws InputError with what all those say that fail
 */
export function checkAll<Results extends unknown[]>(
  ...checks: { [Index in keyof Results]: () => Results[Index] }
): Results {
  const results: unknown[] = [];
  const problems: string[] = [];
  for (const check of checks) {
    try {
      results.push(check());
    } catch (error) {
      if (!(error instanceof InputError)) {
        throw error;
      }
      problems.push(error.message);
    }
  }
  if (problems.length > 0) {
    throw new InputError(problems.join('; '));
  }
  return results as Results;
}
