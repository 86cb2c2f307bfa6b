import { useTestCluster } from './__testUtils__/useTestCluster';
import { deletedObjects } from './scenarios/drift/deletedObjects';
import { editedObjects } from './scenarios/drift/editedObjects';
import { helmByHand } from './scenarios/drift/helmByHand';
import { leftAlone } from './scenarios/drift/leftAlone';

describe('Drift on a real API server', () => {
  const onStage = useTestCluster();

  deletedObjects(onStage);
  editedObjects(onStage);
  helmByHand(onStage);
  leftAlone(onStage);
});
