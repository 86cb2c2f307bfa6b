import { useTestCluster } from './__testUtils__/useTestCluster';
import { crashes } from './scenarios/crashes';
import { creation } from './scenarios/creation';
import { dataLoss } from './scenarios/dataLoss';
import { deletion } from './scenarios/deletion';
import { engines } from './scenarios/engines';
import { failedUpgrades } from './scenarios/failedUpgrades';
import { failure } from './scenarios/failure';
import { frugality } from './scenarios/frugality';
import { ownership } from './scenarios/ownership';
import { pause } from './scenarios/pause';
import { platformHealth } from './scenarios/platformHealth';
import { refusal } from './scenarios/refusal';
import { releaseRecord } from './scenarios/releaseRecord';
import { upgrades } from './scenarios/upgrades';

/** An API server costs as much as several tests: what wants none of its own is one file for jest, and many for readers. */
describe('The loop on a real API server', () => {
  const onStage = useTestCluster();

  frugality(onStage);
  refusal(onStage);

  // Side by side, five at a time: what waits longest comes first.
  deletion(onStage);
  dataLoss(onStage);
  crashes(onStage);
  creation(onStage);
  engines(onStage);
  failedUpgrades(onStage);
  failure(onStage);
  ownership(onStage);
  pause(onStage);
  platformHealth(onStage);
  releaseRecord(onStage);
  upgrades(onStage);
});
