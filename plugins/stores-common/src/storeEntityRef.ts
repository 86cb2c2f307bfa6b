/** The ref of a store's entity in the catalog. */
export function storeEntityRef(id: string): string {
  return `component:default/${id}`;
}
