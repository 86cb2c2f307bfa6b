import { storeStates } from '@storeyard/backstage-plugin-stores-common';
import { isMoving } from './isMoving';

it('is what changes by itself: not what is well, failed or gone', () => {
  expect(storeStates.filter(state => !isMoving({ state }))).toEqual([
    'READY',
    'FAILED',
    'DELETED',
  ]);
});
