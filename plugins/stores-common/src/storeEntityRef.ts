/**
 * The ref of a store's entity in the catalog.
 *
 * @public
 */
export function storeEntityRef(id: string): string {
  return `component:default/${id}`;
}
