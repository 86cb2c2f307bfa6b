import { isError } from '@backstage/errors';

/** Whether this is a system error with one of these codes, such as `ENOENT`. */
export function hasCode(error: unknown, ...codes: string[]): boolean {
  return (
    isError(error) &&
    'code' in error &&
    typeof error.code === 'string' &&
    codes.includes(error.code)
  );
}
