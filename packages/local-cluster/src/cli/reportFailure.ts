import { isError } from '@backstage/errors';
import { CommanderError } from 'commander';
import { PreparationError } from '../progress';

const wrongInput = 2;

/**
 * Says in one line what failed and what to do.
 *
 * @returns the exit code: 2 for wrong input, else 1
 */
export function reportFailure(
  error: unknown,
  options: { log: string; print: (line: string) => void },
): number {
  if (error instanceof CommanderError) {
    // Commander has said it already.
    return error.exitCode === 0 ? 0 : wrongInput;
  }
  const [message = ''] = (isError(error) ? error.message : String(error)).split(
    '\n',
  );
  if (isError(error) && error.name === 'InputError') {
    // Without what caused it: the message says what was expected.
    options.print(message.split('; caused by')[0] ?? message);
    return wrongInput;
  }
  if (isError(error) && error.name === 'NotFoundError') {
    options.print(message);
    return 1;
  }
  const remedy =
    error instanceof PreparationError && error.remedy
      ? `. ${error.remedy}`
      : '';
  options.print(`${message}${remedy} (log: ${options.log})`);
  return 1;
}
