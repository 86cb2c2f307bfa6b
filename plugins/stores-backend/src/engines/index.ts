export { DerivedSecrets } from './DerivedSecrets';
export { EngineRegistry } from './EngineRegistry';
export { MedusaEngine } from './medusa/MedusaEngine';
export type {
  EngineStore,
  StoreEngine,
  StoreProbeRequest,
  StoreSecret,
} from './types';
