import { runJest } from '../runJest';
import { TestStage } from '../TestStage';
import { withCluster } from '../withCluster';

/** The paths a user walks, on a native cluster of the stage's own; each suite starts a portal with nothing in it. */
export const endToEndStage: TestStage = {
  id: 'e2e',
  title: 'End to end on the native cluster',
  after: ['programs'],
  isLong: true,
  run: context =>
    withCluster(context, env =>
      runJest({
        context,
        workspace: 'packages/e2e',
        paths: ['\\.e2e\\.test\\.ts$'],
        ignore: ['/node_modules/'],
        inBand: true,
        env,
      }),
    ),
};
