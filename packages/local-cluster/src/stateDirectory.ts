import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { InputError } from '@backstage/errors';

const pattern = /^[a-z][a-z0-9-]{0,10}$/;

/**
 * Where all that lives and dies with an instance is: `$XDG_STATE_HOME/storeyard/<instance>`, by default below
 * `~/.local/state`.
 *
 * @throws InputError for a name that could not stand in host and cgroup names
 */
export function stateDirectory(
  instance: string,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): string {
  if (!pattern.test(instance)) {
    throw new InputError(
      `the instance is called '${instance}', expected a lower-case letter followed by at most ten of a-z, 0-9 and '-'`,
    );
  }
  const base = environment.XDG_STATE_HOME;
  return join(
    base && isAbsolute(base) ? base : join(homedir(), '.local', 'state'),
    'storeyard',
    instance,
  );
}
