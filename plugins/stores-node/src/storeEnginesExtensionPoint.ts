import { createExtensionPoint } from '@backstage/backend-plugin-api';
import type { StoreEngine } from './StoreEngine';

/**
 * Where modules of the stores plugin register kinds of shops.
 *
 * @public
 */
export interface StoreEnginesExtensionPoint {
  /** @throws ConflictError when an engine of that name is registered already */
  addEngine(engine: StoreEngine): void;
}

/**
 * The extension point that further engines are registered through; `medusa` is there already.
 *
 * @public
 */
export const storeEnginesExtensionPoint =
  createExtensionPoint<StoreEnginesExtensionPoint>({ id: 'stores.engines' });
