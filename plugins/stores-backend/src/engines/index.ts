export { DerivedSecrets } from './DerivedSecrets';
export { EngineRegistry } from './EngineRegistry';
export { MedusaEngine } from './medusa/MedusaEngine';
export type {
  EngineStore,
  SecretSource,
  StoreEngine,
  StoreProbeRequest,
  StoreSecret,
} from '@storeyard/backstage-plugin-stores-node';
