/** Texts of the form's fields. */
export const fieldMessages = {
  name: {
    title: 'Name',
    address: 'The address will be {{address}}',
    addressBegin: 'The address will begin with {{address}}',
    checking: 'Looking whether the name is free…',
    free: 'The name is free.',
    taken: 'Store {{id}} has this name already.',
    takenBySome: 'Another store has this name already.',
    invalid: 'The name {{rule}}.',
    unknown:
      'Whether the name is free could not be found out; it is checked again when you go on.',
  },
  owner: {
    title: 'Owner',
    what: 'The groups',
    loading: 'Loading your groups',
    choose: 'Choose a group',
    search: 'Name of a group',
    none: 'You belong to no group that could own a store',
    noneText:
      'A store belongs to a group. Ask whoever keeps the catalog to make you a member of one, then sign in anew.',
  },
  plan: {
    title: 'Plan',
    loading: 'Loading plans',
    what: 'The plans',
    recommended: 'the usual choice',
    gives: '{{cores}} CPU and {{memory}} of memory for itself',
    fits_one: 'the cluster has room for {{count}} more',
    fits_other: 'the cluster has room for {{count}} more',
    full: 'the cluster has no room for one now',
    quota: '{{used}} of {{limit}} stores used by {{owner}}',
    quotaFull:
      '{{owner}} has all {{limit}} stores that it may have. Delete one, or choose another owner.',
    unlimited_one: '{{owner}} has {{count}} store so far',
    unlimited_other: '{{owner}} has {{count}} stores so far',
  },
} as const;
