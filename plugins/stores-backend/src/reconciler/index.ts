export { StoreLeases } from './leases';
export { Orchestrator, type OrchestratorOptions } from './Orchestrator';
export {
  type OrchestratorConfig,
  readOrchestratorConfig,
} from './OrchestratorConfig';
