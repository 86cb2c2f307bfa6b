import { runJest } from '../runJest';
import { TestStage } from '../TestStage';

/** The paths a user walks, on a native cluster of the stage's own with the portal beside it. */
export const endToEndStage: TestStage = {
  id: 'e2e',
  title: 'End to end on the native cluster',
  run: context =>
    runJest({
      context,
      workspace: 'packages/e2e',
      paths: ['\\.e2e\\.test\\.ts$'],
      ignore: ['/node_modules/'],
      inBand: true,
    }),
};
