/**
 * What the parts of Storeyard share: types, the state machine, the name rule and the REST client.
 *
 * @packageDocumentation
 */

export * from './annotations';
export * from './Capacity';
export * from './ClusterPreparation';
export * from './ClusterStatus';
export * from './Store';
export * from './StoreCondition';
export * from './StoreEvent';
export * from './StoreReason';
export * from './StoreResources';
export * from './StoreState';
export * from './storeEntityRef';
export * from './storeName';
export * from './permissions';
export * from './requests';
export * from './StoresClient';
export * from './StoresClientOptions';
export {
  operationRoutes as storesOperationRoutes,
  type components as StoresComponents,
  type operations as StoresOperations,
} from './generated/openapi';
