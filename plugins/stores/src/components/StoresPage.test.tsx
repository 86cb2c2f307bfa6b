import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderStores } from '../__testUtils__/renderStores';
import { responseError } from '../__testUtils__/responseError';
import { buildPreparation, buildStore } from '../__testUtils__/stores';

describe('StoresPage', () => {
  it('lists stores with their state in words and links to those that sell', async () => {
    renderStores('/stores', {
      listStores: async () => ({
        items: [
          buildStore(),
          buildStore({
            id: 'broken-x1y2z',
            name: 'Broken',
            state: 'FAILED',
            reason: 'ImagePullFailed',
          }),
        ],
      }),
    });

    const rows = await within(
      await screen.findByRole('list', { name: 'Stores' }),
    ).findAllByRole('listitem');
    expect(rows).toHaveLength(2);
    const [sells, failed] = rows as [HTMLElement, HTMLElement];
    expect(
      within(sells).getByRole('link', { name: 'Demo Shop' }),
    ).toHaveAttribute('href', '/stores/demo-shop-ab12c');
    expect(
      within(sells).getByRole('link', { name: /^Storefront of Demo Shop/ }),
    ).toHaveAttribute('href', 'http://demo-shop-ab12c.localhost:8080/');
    expect(within(sells).getByText('READY')).toBeInTheDocument();
    expect(failed).toHaveTextContent(
      "FAILED The image of the store can't be pulled. Check the image name",
    );
    expect(
      within(failed).queryByRole('link', { name: /Storefront/ }),
    ).not.toBeInTheDocument();
    expect(screen.getByText('1 ready · 1 failed')).toBeInTheDocument();
  });

  it('reads all pages', async () => {
    renderStores('/stores', {
      listStores: async ({ cursor } = {}) =>
        cursor
          ? { items: [buildStore({ id: 'b-22222', name: 'Second' })] }
          : { items: [buildStore()], nextCursor: 'more' },
    });

    expect(
      await screen.findByRole('link', { name: 'Second' }),
    ).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'Demo Shop' })).toBeInTheDocument();
  });

  it('shows an outline while it reads', async () => {
    renderStores('/stores', { listStores: () => new Promise(() => {}) });

    expect(
      await screen.findByRole('status', { name: 'Loading stores' }),
    ).toBeInTheDocument();
  });

  it('explains what a store is when there is none', async () => {
    renderStores('/stores');

    expect(
      await screen.findByRole('heading', { name: 'No stores yet' }),
    ).toBeInTheDocument();
  });

  it('says that the portal does not answer, and tries again when told to', async () => {
    let answers = false;
    renderStores('/stores', {
      listStores: async () => {
        if (!answers) {
          throw new TypeError('Failed to fetch');
        }
        return { items: [buildStore()] };
      },
    });

    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent('The stores could not be loaded');
    expect(alert).toHaveTextContent('The portal does not answer');
    answers = true;
    await userEvent.click(screen.getByRole('button', { name: 'Try now' }));
    expect(
      await screen.findByRole('link', { name: 'Demo Shop' }),
    ).toBeInTheDocument();
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
  });

  it('says who may not see it', async () => {
    const error = await responseError(403, 'NotAllowedError', 'Ask Ada');
    renderStores('/stores', { listStores: () => Promise.reject(error) });

    expect(await screen.findByRole('alert')).toHaveTextContent(
      /You may not see this.*Ask Ada/,
    );
  });

  it('tells how far the cluster is while it is being made', async () => {
    renderStores('/stores', {
      getCluster: async () => ({
        reachable: false,
        preparation: buildPreparation(),
      }),
    });

    expect(
      await screen.findByText(
        'Preparing the cluster: part 3 of 11, about 9 minutes left',
      ),
    ).toBeInTheDocument();
    const parts = within(
      screen.getByRole('list', { name: 'Parts' }),
    ).getAllByRole('listitem');
    expect(parts.map(part => part.textContent)).toEqual([
      'Compilers was there already',
      expect.stringMatching(
        /^Kubernetes running · 312 of 1200 packages · \d s$/,
      ),
      'Helm waiting',
    ]);
  });
});
