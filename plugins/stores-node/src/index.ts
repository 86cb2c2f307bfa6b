/**
 * What other backend plugins and modules need of Storeyard: engines are registered and stores are reached through it.
 *
 * @packageDocumentation
 */

export * from './DefaultStoresService';
export * from './StoreEngine';
export * from './storeEnginesExtensionPoint';
export * from './StoresService';
export * from './storesServiceRef';
