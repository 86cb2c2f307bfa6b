import { appendFile } from 'node:fs/promises';
import {
  createCluster,
  PreparationProgress,
  stateDirectory,
} from '@storeyard/local-cluster';
import { buildPages } from '../portal/buildPages';
import { removePortal } from '../portal/Portal';
import type { StageContext } from './TestStage';

/**
 * Runs tests beside a native cluster, whose name is in their environment; the next suite takes it as the one before
 * has left it. It is gone afterwards: after a run that was killed by the next one, which finds the process' id in the name.
 */
export async function withCluster<Result>(
  { logFile, signal }: Pick<StageContext, 'logFile' | 'signal'>,
  run: (env: Record<string, string>) => Promise<Result>,
): Promise<Result> {
  const instance = `t${process.pid}`;
  const cluster = createCluster({ instance, provider: 'native' });
  const progress = PreparationProgress.create({
    instance,
    log: logFile,
    output: { write: text => void appendFile(logFile, text) },
  });
  try {
    // The pages are built once for all of its portals, which needs no cluster.
    await Promise.all([
      cluster.up({ progress, signal }),
      buildPages({ logFile, signal }),
    ]);
    return await run({ STOREYARD_TEST_INSTANCE: instance });
  } finally {
    // A suite that was ended in its middle leaves its portal.
    await removePortal(stateDirectory(instance));
    await cluster.delete();
  }
}
