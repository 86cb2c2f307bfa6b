import type { Entity } from '@backstage/catalog-model';
import { STORE_ID_ANNOTATION } from '@storeyard/backstage-plugin-stores-common';

/** The id of the store that an entity stands for; undefined when it stands for none. */
export function storeIdOf(entity: Entity): string | undefined {
  return entity.metadata.annotations?.[STORE_ID_ANNOTATION];
}

/** Matches the components that stand for a store. */
export const storeEntityFilter = {
  kind: 'component',
  [`metadata.annotations.${STORE_ID_ANNOTATION}`]: { $exists: true },
};
