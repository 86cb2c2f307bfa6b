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
};

/** All scenarios by name. */
export const scenarios = Object.assign(
  {},
  ...Object.values(scenarioGroups),
) as Record<string, (typeof listScenarios)[string]>;
