import { entityScenarios } from './entityScenarios';
import { fieldScenarios } from './fieldScenarios';
import { listScenarios } from './listScenarios';
import { deleteScenarios, overviewScenarios } from './otherScenarios';
import { storeScenarios } from './storeScenarios';

export type { Scenario, Scenarios } from './Scenario';

/** Scenarios by page. */
export const scenarioGroups = {
  List: listScenarios,
  Store: storeScenarios,
  Delete: deleteScenarios,
  Overview: overviewScenarios,
  'The form of the template': fieldScenarios,
  'What the catalog shows': entityScenarios,
};

/** All scenarios by name. */
export const scenarios = Object.assign(
  {},
  ...Object.values(scenarioGroups),
) as Record<string, (typeof listScenarios)[string]>;
