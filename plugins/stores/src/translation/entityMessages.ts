/** Texts of the catalog's pages. */
export const entityMessages = {
  card: 'Store',
  tab: 'Timeline',
  delete: 'Delete store…',
  last: 'Last event',
  details: 'All about this store',
} as const;
