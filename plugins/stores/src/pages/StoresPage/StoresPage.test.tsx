import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { buildOverview } from '../../__testUtils__/overview';
import { renderStores } from '../../__testUtils__/renderStores';
import { responseError } from '../../__testUtils__/responseError';
import { buildPreparation, buildStore } from '../../__testUtils__/stores';

const failed = buildStore({
  id: 'broken-x1y2z',
  name: 'Broken',
  owner: 'group:default/toys',
  state: 'FAILED',
  reason: 'ImagePullFailed',
});

describe('StoresPage', () => {
  it('lists own stores before the others, each with its state in words', async () => {
    renderStores('/stores', {
      listStores: async () => ({ items: [failed, buildStore()] }),
    });

    const own = await screen.findByRole('table', { name: 'Your stores' });
    const others = screen.getByRole('table', { name: 'Other stores' });
    expect(
      own.compareDocumentPosition(others) & Node.DOCUMENT_POSITION_FOLLOWING,
    ).toBeTruthy();
    const [, sells] = within(own).getAllByRole('row') as [
      HTMLElement,
      HTMLElement,
    ];
    expect(
      within(sells).getByRole('rowheader', { name: /^Demo Shop/ }),
    ).toHaveTextContent('demo-shop-ab12c');
    expect(
      within(sells).getByRole('link', { name: 'Demo Shop' }),
    ).toHaveAttribute('href', '/stores/demo-shop-ab12c');
    expect(sells).toHaveTextContent(/Ready Open for business since/);
    expect(
      within(sells).getByRole('link', {
        name: 'Open shop Demo Shop, opens in a new tab',
      }),
    ).toHaveAttribute('href', 'http://demo-shop-ab12c.localhost:8080/');
    expect(others).toHaveTextContent(
      /Failed The image of the store can't be pulled\. Check the image name/,
    );
    expect(
      within(others).queryByRole('link', { name: /Open shop/ }),
    ).toBeNull();
  });

  it('filters by the state whose count is pressed, and by what is in the address', async () => {
    const listStores = jest.fn(
      async ({ states }: { states?: readonly string[] } = {}) => ({
        items: [failed, buildStore()].filter(
          ({ state }) => !states || states.includes(state),
        ),
      }),
    );
    renderStores('/stores?owner=group:default/toys', {
      listStores,
      getOverview: async () =>
        buildOverview({ countsByState: { READY: 1, FAILED: 1 } }),
    });

    await userEvent.click(
      await screen.findByRole('button', { name: '1 failed' }),
    );

    await waitFor(() =>
      expect(listStores).toHaveBeenLastCalledWith(
        expect.objectContaining({
          states: ['FAILED'],
          owner: 'group:default/toys',
        }),
      ),
    );
    await waitFor(() =>
      expect(screen.queryByRole('link', { name: 'Demo Shop' })).toBeNull(),
    );
    expect(screen.getByRole('button', { name: '1 ready' })).toBeVisible();
  });

  it('searches when nobody types any more', async () => {
    const listStores = jest.fn(async (_query?: { query?: string }) => ({
      items: [buildStore()],
    }));
    renderStores('/stores', { listStores });

    await userEvent.type(
      await screen.findByRole('searchbox', { name: 'Search stores' }),
      'demo',
    );

    await waitFor(() =>
      expect(listStores).toHaveBeenLastCalledWith(
        expect.objectContaining({ query: 'demo' }),
      ),
    );
    expect(
      new Set(listStores.mock.calls.map(([query]) => query?.query)),
    ).toEqual(new Set([undefined, 'demo']));
  });

  it('shows more when asked to', async () => {
    renderStores('/stores', {
      listStores: async ({ cursor, owner } = {}) => {
        if (owner) {
          return { items: [] };
        }
        return cursor
          ? {
              items: [
                buildStore({
                  id: 'b-22222',
                  name: 'Second',
                  owner: 'group:default/toys',
                }),
              ],
            }
          : { items: [failed], nextCursor: 'more' };
      },
    });

    await userEvent.click(
      await screen.findByRole('button', { name: 'Show more' }),
    );

    expect(await screen.findByRole('link', { name: 'Second' })).toBeVisible();
    expect(screen.getByRole('link', { name: 'Broken' })).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Show more' })).toBeNull();
  });

  it('shows an outline while it reads for the first time', async () => {
    renderStores('/stores', { listStores: () => new Promise(() => {}) });

    expect(
      await screen.findByRole('status', { name: 'Loading stores' }),
    ).toBeInTheDocument();
  });

  it('explains what a store is when there is none, and offers one', async () => {
    renderStores('/stores');

    const heading = await screen.findByRole('heading', {
      name: 'No stores yet',
    });
    expect(heading).toBeVisible();
    expect(screen.queryByRole('searchbox')).toBeNull();
    expect(
      screen.getAllByRole('link', { name: 'Create a store' })[0],
    ).toHaveAttribute('href', '/create/templates/default/medusa-store');
  });

  it('offers to clear filters that leave nothing', async () => {
    renderStores('/stores?q=nothing', {
      listStores: async ({ query } = {}) => ({
        items: query ? [] : [buildStore()],
      }),
    });

    await userEvent.click(
      await screen.findByRole('button', { name: 'Clear search and filters' }),
    );

    expect(
      await screen.findByRole('link', { name: 'Demo Shop' }),
    ).toBeVisible();
    expect(screen.getByRole('searchbox')).toHaveValue('');
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
    // What counts the seconds is not to be heard with each of them.
    expect(screen.getByText(/The portal does not answer/)).toHaveAttribute(
      'aria-live',
      'off',
    );
    answers = true;
    await userEvent.click(screen.getByRole('button', { name: 'Try now' }));
    expect(
      await screen.findByRole('link', { name: 'Demo Shop' }),
    ).toBeInTheDocument();
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('keeps the list when a later reading fails, and says how old it is', async () => {
    let fails = false;
    renderStores('/stores', {
      listStores: async () => {
        if (fails) {
          throw new TypeError('Failed to fetch');
        }
        return { items: [buildStore()] };
      },
    });

    await screen.findByRole('link', { name: 'Demo Shop' });
    fails = true;
    await userEvent.click(screen.getByRole('switch', { name: 'Mine only' }));
    expect(await screen.findByRole('alert')).toHaveTextContent(
      /The stores could not be loaded.*What you see is \d s old/,
    );
    expect(screen.getByRole('link', { name: 'Demo Shop' })).toBeVisible();
  });

  it('says who may not see it', async () => {
    const error = await responseError(403, 'NotAllowedError', 'Ask Ada');
    renderStores('/stores', { listStores: () => Promise.reject(error) });

    expect(await screen.findByRole('alert')).toHaveTextContent(
      /You may not see this.*Ask Ada/,
    );
  });

  it('says when to come back after too many requests', async () => {
    const error = await responseError(429, 'TooManyRequestsError', 'slow', {
      'Retry-After': '180',
    });
    renderStores('/stores', { listStores: () => Promise.reject(error) });

    expect(await screen.findByRole('alert')).toHaveTextContent(
      /Too many requests. This page tries again in (3|2) min/,
    );
  });

  it("leads from a row's menu to its page and its end", async () => {
    renderStores('/stores', {
      listStores: async () => ({ items: [buildStore()] }),
    });

    await userEvent.click(
      await screen.findByRole('button', { name: 'Actions for Demo Shop' }),
    );

    expect(
      await screen.findByRole('menuitem', { name: 'Delete…' }),
    ).toHaveAttribute('href', '/stores/demo-shop-ab12c/delete');
    expect(screen.getByRole('menuitem', { name: 'Details' })).toHaveAttribute(
      'href',
      '/stores/demo-shop-ab12c',
    );
  });

  it("retries from a row's menu, and reads the list again", async () => {
    let state: 'FAILED' | 'PROVISIONING' = 'FAILED';
    const retryStore = jest.fn(async () => {
      state = 'PROVISIONING';
      return buildStore({ state });
    });
    renderStores('/stores', {
      listStores: async () => ({ items: [{ ...failed, state }] }),
      retryStore,
    });

    await userEvent.click(
      await screen.findByRole('button', { name: 'Actions for Broken' }),
    );
    await userEvent.click(
      await screen.findByRole('menuitem', { name: 'Retry' }),
    );

    expect(retryStore).toHaveBeenCalledWith('broken-x1y2z', {});
    expect(await screen.findByText('Retrying Broken')).toBeInTheDocument();
    expect(
      await screen.findByText('Provisioning', { selector: 'strong' }),
    ).toBeInTheDocument();
  });

  it("says why a retry from a row's menu was refused", async () => {
    const error = await responseError(409, 'ConflictError', 'it is moving');
    renderStores('/stores', {
      listStores: async () => ({ items: [failed] }),
      retryStore: () => Promise.reject(error),
    });

    await userEvent.click(
      await screen.findByRole('button', { name: 'Actions for Broken' }),
    );
    await userEvent.click(
      await screen.findByRole('menuitem', { name: 'Retry' }),
    );

    expect(await screen.findByText('Retry did not work')).toBeInTheDocument();
    expect(screen.getByText('it is moving.')).toBeInTheDocument();
  });

  it("leads to the store's page where a retry has to be thought over", async () => {
    renderStores('/stores', {
      listStores: async () => ({ items: [{ ...failed, reason: 'DataLost' }] }),
    });

    await userEvent.click(
      await screen.findByRole('button', { name: 'Actions for Broken' }),
    );
    expect(
      await screen.findByRole('menuitem', { name: 'Retry…' }),
    ).toHaveAttribute('href', '/stores/broken-x1y2z');
  });

  it("tells by keyboard too why a row's menu offers something in vain", async () => {
    const retryStore = jest.fn();
    renderStores(
      '/stores',
      {
        listStores: async () => ({
          items: [
            buildStore({ id: 'mine-ab12c', owner: 'group:default/toys' }),
          ],
        }),
        retryStore,
      },
      { denied: ['stores.store.delete'] },
    );

    await userEvent.click(
      await screen.findByRole('button', { name: 'Actions for Demo Shop' }),
    );
    const retry = await screen.findByRole('menuitem', {
      name: /^Retry\s*Nothing to retry: all is well\.$/,
    });
    await userEvent.keyboard('{ArrowDown}{ArrowDown}{ArrowDown}');
    expect(retry).toHaveFocus();
    await userEvent.keyboard('{Enter}');
    expect(retryStore).not.toHaveBeenCalled();
    expect(
      await screen.findByRole('menuitem', {
        name: /^Delete…\s*Only toys and the platform team may do this\.$/,
      }),
    ).not.toHaveAttribute('href');
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
    const heard = screen.getAllByText('Preparing the cluster: part 3 of 11');
    // Without the time that is left, which changes all the while.
    expect(heard).toHaveLength(1);
    expect(heard[0]).toHaveAttribute('aria-live', 'polite');
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
