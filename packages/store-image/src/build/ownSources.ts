import { join } from 'node:path';

/** A file or folder of this package's sources. */
export function ownSource(name: string): string {
  return join(__dirname, '..', name);
}
