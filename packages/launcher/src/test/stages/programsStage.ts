import { appendFile } from 'node:fs/promises';
import { prepareCluster } from '@storeyard/local-cluster';
import { TestStage } from '../TestStage';

/** Builds the cluster's programs and the images where the cache lacks them; the later stages need them. */
export const programsStage: TestStage = {
  id: 'programs',
  title: "The cluster's programs and the images",
  isLong: true,
  async run(context) {
    await prepareCluster({
      signal: context.signal,
      print: line => {
        void appendFile(context.logFile, `${line}\n`);
      },
    });
    return { passed: 1, failed: 0, skipped: 0, failures: [] };
  },
};
