import { screen } from '@testing-library/react';
import { renderStores } from '../../__testUtils__/renderStores';

// What is allowed is remembered for as long as a page is open, hence a file of its own.
describe('CreateButton', () => {
  it('offers no store to who may not ask for one', async () => {
    renderStores('/stores', {}, { denied: ['stores.store.create'] });

    await screen.findByRole('heading', { name: 'No stores yet' });
    expect(screen.queryByRole('link', { name: 'Create a store' })).toBeNull();
  });
});
