import { Portal } from './Portal';
import { TestCluster } from './TestCluster';

/** What a test of the loop works with. */
export interface Stage {
  cluster: TestCluster;
  /** The test's own, with nothing in its database; ended after the test. */
  portal: Portal;
}

/** Makes a test of what happens on a stage of its own. */
export type OnStage = (
  test: (stage: Stage) => Promise<void>,
) => () => Promise<void>;

/**
 * Brings an API server up for all tests of a file, which costs some ten seconds. Tests that only look at their own stores
 * may run side by side (`it.concurrent`): most of their time they wait.
 */
export function useTestCluster(): OnStage {
  jest.setTimeout(240_000);
  let cluster: TestCluster;

  beforeAll(async () => {
    cluster = await TestCluster.start();
  });

  afterAll(async () => {
    await cluster?.stop();
  });

  return test => async () => {
    const portal = await Portal.create(cluster);
    try {
      await test({ cluster, portal });
    } finally {
      await portal.stopAll();
    }
  };
}
