/**
 * A module of the catalog that shows stores in it.
 *
 * @packageDocumentation
 */

export { catalogModuleStores as default } from './module';
