/**
 * A module of the scaffolder: actions that order, await and delete stores.
 *
 * @packageDocumentation
 */

export { scaffolderModuleStores as default } from './module';
