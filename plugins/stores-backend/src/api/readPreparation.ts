import { readFile } from 'node:fs/promises';
import type { LoggerService } from '@backstage/backend-plugin-api';
import { ForwardedError } from '@backstage/errors';
import {
  parseClusterPreparation,
  type ClusterPreparation,
} from '@storeyard/backstage-plugin-stores-common';

/**
 * How far a local cluster's making is. `undefined` when there is no file: none
 * is being made, or not yet. A file that can't be read is logged and left out,
 * so that the page still shows whether the cluster is reachable.
 */
export async function readPreparation(
  path: string,
  logger: LoggerService,
): Promise<ClusterPreparation | undefined> {
  try {
    return parseClusterPreparation(await readFile(path, 'utf8'));
  } catch (error) {
    if (!isMissing(error)) {
      logger.warn(
        'the progress of the local cluster is unreadable',
        new ForwardedError(`'${path}'`, error),
      );
    }
    return undefined;
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
