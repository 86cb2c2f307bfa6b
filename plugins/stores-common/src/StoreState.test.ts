import {
  canTransition,
  isActiveStoreState,
  isStoreState,
  storeStates,
  storeTransitions,
} from './StoreState';

describe('storeTransitions', () => {
  it('names only states that there are, and none that follows itself', () => {
    expect(Object.keys(storeTransitions).sort()).toEqual(
      [...storeStates].sort(),
    );
    for (const from of storeStates) {
      expect(storeStates).toEqual(
        expect.arrayContaining([...storeTransitions[from]]),
      );
      expect(storeTransitions[from]).not.toContain(from);
    }
  });

  it('lets every store be deleted that is not gone', () => {
    for (const state of storeStates) {
      expect(canTransition(state, 'DELETING')).toBe(
        state !== 'DELETING' && state !== 'DELETED',
      );
    }
  });

  it('knows no way back from a deletion', () => {
    expect(storeTransitions.DELETING).toEqual(['DELETED']);
    expect(storeTransitions.DELETED).toEqual([]);
  });

  it('reaches every state from REQUESTED', () => {
    const reached = new Set(['REQUESTED' as const]) as Set<string>;
    for (let size = 0; size !== reached.size; ) {
      size = reached.size;
      storeStates
        .filter(state => reached.has(state))
        .flatMap(state => storeTransitions[state])
        .forEach(state => reached.add(state));
    }
    expect([...reached].sort()).toEqual([...storeStates].sort());
  });

  it.each([
    ['REQUESTED', 'READY'],
    ['PROVISIONING', 'DEGRADED'],
    ['DELETED', 'REQUESTED'],
    ['READY', 'DELETED'],
  ] as const)('does not go from %s to %s', (from, to) => {
    expect(canTransition(from, to)).toBe(false);
  });
});

it('tells states from other values', () => {
  expect(isStoreState('READY')).toBe(true);
  expect(isStoreState('ready')).toBe(false);
  expect(isStoreState(undefined)).toBe(false);
});

it('counts a store as active until it is DELETED', () => {
  expect(storeStates.filter(state => !isActiveStoreState(state))).toEqual([
    'DELETED',
  ]);
});
