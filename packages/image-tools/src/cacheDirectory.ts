import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

/**
 * Where everything that can be built again lives: `$XDG_CACHE_HOME/storeyard`, by default
 * `~/.cache/storeyard`. A relative `XDG_CACHE_HOME` is ignored, as the XDG specification wants.
 */
export function cacheDirectory(
  environment: Readonly<Record<string, string | undefined>> = process.env,
): string {
  const base = environment.XDG_CACHE_HOME;
  return join(
    base && isAbsolute(base) ? base : join(homedir(), '.cache'),
    'storeyard',
  );
}
