import {
  formatFilters,
  isFiltered,
  noFilters,
  parseFilters,
  type StoreFilters,
} from './storeFilters';

describe('storeFilters', () => {
  const all: StoreFilters = {
    text: 'toys & games',
    state: 'FAILED',
    owner: 'group:default/shop-team',
    mine: true,
  };

  it('come back out of the address as they went in', () => {
    expect(parseFilters(formatFilters(all))).toEqual(all);
    expect(formatFilters(noFilters).toString()).toBe('');
    expect(parseFilters(new URLSearchParams())).toEqual(noFilters);
  });

  it('leave out a state that is none', () => {
    expect(
      parseFilters(new URLSearchParams('state=BROKEN')).state,
    ).toBeUndefined();
  });

  it('say whether something is filtered', () => {
    expect(isFiltered(noFilters)).toBe(false);
    expect(isFiltered({ ...noFilters, mine: true })).toBe(true);
    expect(isFiltered({ ...noFilters, text: 'a' })).toBe(true);
    expect(isFiltered({ ...noFilters, state: 'READY' })).toBe(true);
    expect(isFiltered({ ...noFilters, owner: 'user:default/ada' })).toBe(true);
  });
});
