/**
 * Backend plugin of Storeyard.
 *
 * @packageDocumentation
 */

export { storesPlugin as default } from './plugin';
