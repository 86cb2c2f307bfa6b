/**
 * Label on everything that belongs to a store, and annotation on its catalog entity: the store's id.
 *
 * @public
 */
export const STORE_ID_ANNOTATION = 'storeyard.dev/store-id';

/**
 * Label on everything that one Storeyard made: its installation's UUID.
 *
 * @public
 */
export const INSTALLATION_LABEL = 'storeyard.dev/installation';

/**
 * Annotation on every object of a store: the generation that it was rendered for.
 *
 * @public
 */
export const GENERATION_ANNOTATION = 'storeyard.dev/generation';

/**
 * Annotation on a store's namespace: the entity ref of its owner.
 *
 * @public
 */
export const OWNER_ANNOTATION = 'storeyard.dev/owner';

/**
 * Annotation on a store's namespace that proves that we created it.
 *
 * @public
 */
export const NONCE_ANNOTATION = 'storeyard.dev/nonce';
