/** Texts of what a home page shows of stores. */
export const homeMessages = {
  noneOwn: 'You and your groups have no store yet.',
  allOwn: 'All your stores ({{number}})',
} as const;
