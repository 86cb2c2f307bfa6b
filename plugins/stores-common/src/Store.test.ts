import { isStoreAvailable } from './Store';
import { storeEntityRef } from './storeEntityRef';
import { storeStates } from './StoreState';

it('lets shoppers into READY stores only', () => {
  expect(storeStates.filter(state => isStoreAvailable({ state }))).toEqual([
    'READY',
  ]);
});

it('is a component of the catalog, by its id', () => {
  expect(storeEntityRef('toys-x7k2p')).toBe('component:default/toys-x7k2p');
});
