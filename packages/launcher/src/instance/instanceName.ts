import { InputError } from '@backstage/errors';

const pattern = /^[a-z][a-z0-9-]{0,10}$/;

/**
 * The instance that a command is about: `STOREYARD_INSTANCE`, else `local`.
 * Throws an `InputError` for a name that could not stand in host and interface names.
 */
export function instanceName(
  environment: NodeJS.ProcessEnv = process.env,
): string {
  const name = environment.STOREYARD_INSTANCE || 'local';
  if (!pattern.test(name)) {
    throw new InputError(
      `STOREYARD_INSTANCE is '${name}', expected a lower-case letter followed by at most ten of a-z, 0-9 and '-'`,
    );
  }
  return name;
}
