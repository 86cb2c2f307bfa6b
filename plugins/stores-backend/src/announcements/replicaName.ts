import { createHash } from 'node:crypto';
import { hostname } from 'node:os';
import type { Config } from '@backstage/config';

/** A name that this process keeps over restarts and no other replica has: its host's, and what it listens on there. */
export function replicaName(config: Config): string {
  const listen = createHash('sha256')
    .update(JSON.stringify(config.getOptional('backend.listen') ?? ''))
    .digest('hex')
    .slice(0, 8);
  return `${hostname()}-${listen}`;
}
