import type { JsonObject } from '@backstage/types';
import type { StoreUrls } from '@storeyard/backstage-plugin-stores-common';

/** A kind of shop. */
export interface StoreEngine {
  /** What requests name it by, such as `medusa`. */
  readonly id: string;

  /**
   * Checks a request's parameters strictly and fills their defaults in.
   *
   * @throws InputError that names each wrong field as `parameters.<field>`
   */
  parseParameters(parameters: JsonObject): JsonObject;

  /** Where a store of this kind is reached. */
  urls(store: { id: string }): StoreUrls;
}
