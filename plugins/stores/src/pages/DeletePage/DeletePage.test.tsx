import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderStores } from '../../__testUtils__/renderStores';
import { responseError } from '../../__testUtils__/responseError';
import { buildPreparation, buildStore } from '../../__testUtils__/stores';

const path = '/stores/demo-shop-ab12c/delete';

async function typeName() {
  await userEvent.type(
    await screen.findByRole('textbox', { name: /^Type the name/ }),
    'Demo Shop',
  );
}

describe('DeletePage', () => {
  it('says what will be lost, wants the name, and shows the deletion', async () => {
    let state: 'READY' | 'DELETING' = 'READY';
    const deleteStore = jest.fn(async () => {
      state = 'DELETING';
      return buildStore({ state });
    });
    renderStores(path, {
      getStore: async () =>
        buildStore({ state, message: 'waiting for 2 pods' }),
      deleteStore,
    });

    const button = await screen.findByRole('button', {
      name: 'Delete Demo Shop',
    });
    expect(button).toHaveAttribute('aria-disabled', 'true');
    expect(button).toHaveAccessibleDescription(
      'Type the name of the store first.',
    );
    button.focus();
    expect(button).toHaveFocus();
    expect(
      screen.getByRole('region', { name: 'What will be lost, for good' }),
    ).toHaveTextContent(
      /all orders.*all products.*all uploaded.*http:\/\/demo-shop-ab12c.localhost:8080\//,
    );
    await userEvent.click(button);
    expect(deleteStore).not.toHaveBeenCalled();
    await typeName();
    await userEvent.click(
      screen.getByRole('button', { name: 'Delete Demo Shop' }),
    );

    expect(deleteStore).toHaveBeenCalledWith('demo-shop-ab12c');
    expect(await screen.findByText(/: waiting for 2 pods/)).toBeInTheDocument();
    expect(screen.getByText('Deleting Demo Shop')).toBeInTheDocument();
  });

  it('wants exactly the name', async () => {
    renderStores(path, { getStore: async () => buildStore() });

    await userEvent.type(
      await screen.findByRole('textbox', { name: /^Type the name/ }),
      'demo shop',
    );
    expect(
      screen.getByRole('button', { name: 'Delete Demo Shop' }),
    ).toHaveAttribute('aria-disabled', 'true');
  });

  it('stays when the deletion is refused, and says why', async () => {
    const error = await responseError(
      409,
      'ConflictError',
      "store 'demo-shop-ab12c' is protected",
    );
    renderStores(path, {
      getStore: async () => buildStore(),
      deleteStore: () => Promise.reject(error),
    });

    await typeName();
    await userEvent.click(
      screen.getByRole('button', { name: 'Delete Demo Shop' }),
    );
    expect(await screen.findByRole('alert')).toHaveTextContent(
      /Demo Shop was not deleted.*is protected\./,
    );
    expect(screen.getByRole('textbox')).toHaveValue('Demo Shop');
  });

  it('asks once only, and the browser asks before it leaves, while it is busy', async () => {
    const deleteStore = jest.fn(() => new Promise<never>(() => {}));
    renderStores(path, { getStore: async () => buildStore(), deleteStore });
    const added = jest.spyOn(window, 'addEventListener');
    // Others listen as well, with what a test's browser doesn't have.
    const asks = () => {
      const event = new Event('beforeunload', { cancelable: true });
      const [, listener] =
        added.mock.calls.filter(([type]) => type === 'beforeunload').at(-1) ??
        [];
      if (typeof listener === 'function') {
        listener(event);
      }
      return event.defaultPrevented;
    };

    await typeName();
    expect(asks()).toBe(false);
    await userEvent.click(
      screen.getByRole('button', { name: 'Delete Demo Shop' }),
    );
    await waitFor(() => expect(asks()).toBe(true));
    expect(screen.queryByRole('link', { name: 'Keep it' })).toBeNull();
    await userEvent.type(screen.getByRole('textbox'), '{Enter}');
    expect(deleteStore).toHaveBeenCalledTimes(1);
  });

  it('asks before one goes elsewhere in the portal while it is busy', async () => {
    const confirm = jest.spyOn(window, 'confirm').mockReturnValue(false);
    let answer: () => void = () => {};
    renderStores(path, {
      getStore: async () => buildStore(),
      deleteStore: () =>
        new Promise(resolve => {
          answer = () => resolve(buildStore({ state: 'DELETING' }));
        }),
    });
    const away = () => screen.getAllByRole('link', { name: 'Stores' })[0]!;

    await typeName();
    await userEvent.click(
      screen.getByRole('button', { name: 'Delete Demo Shop' }),
    );
    await userEvent.click(away());
    expect(confirm).toHaveBeenCalledWith(
      'Whether Demo Shop is deleted has not been answered yet. Leave this page all the same?',
    );
    expect(screen.getByRole('textbox')).toHaveValue('Demo Shop');

    confirm.mockReturnValue(true);
    await userEvent.click(away());
    expect(
      await screen.findByRole('heading', { name: 'Stores', level: 2 }),
    ).toBeInTheDocument();
    // Whoever has left is left where they are when the answer comes.
    answer();
    expect(await screen.findByText('Deleting Demo Shop')).toBeInTheDocument();
    expect(
      screen.getByRole('heading', { name: 'Stores', level: 2 }),
    ).toBeInTheDocument();
    confirm.mockRestore();
  });

  it('says who may take the protection off', async () => {
    renderStores(path, {
      getStore: async () => buildStore({ protected: true }),
    });

    expect(
      await screen.findByText('Demo Shop is protected'),
    ).toBeInTheDocument();
    expect(
      screen.getByText(/shop-team and the platform team may/),
    ).toBeInTheDocument();
    expect(screen.queryByRole('textbox')).toBeNull();
  });

  it('says who may delete it to whom may not', async () => {
    // What is allowed is remembered by id for as long as a page is open.
    renderStores(
      '/stores/theirs-ab12c/delete',
      { getStore: async () => buildStore({ id: 'theirs-ab12c' }) },
      { denied: ['stores.store.delete'] },
    );

    expect(
      await screen.findByText('You may not delete Demo Shop'),
    ).toBeInTheDocument();
    await waitFor(() => expect(screen.queryByRole('textbox')).toBeNull());
  });

  it('offers no deletion while one is running', async () => {
    renderStores(path, {
      getStore: async () =>
        buildStore({ state: 'DELETING', message: 'waiting for 1 volume' }),
    });

    expect(
      await screen.findByText('Demo Shop is being deleted'),
    ).toBeInTheDocument();
    expect(screen.getByText(/: waiting for 1 volume/)).toBeInTheDocument();
    expect(screen.queryByRole('textbox')).toBeNull();
  });

  it('tells how far the cluster is while it is being made', async () => {
    renderStores(path, {
      getStore: async () => buildStore({ state: 'REQUESTED' }),
      getCluster: async () => ({
        reachable: false,
        preparation: buildPreparation(),
      }),
    });

    expect(
      await screen.findByText(/^Preparing the cluster: part 3 of 11, about/),
    ).toBeInTheDocument();
  });

  it('says that it is gone', async () => {
    renderStores(path, {
      getStore: async () => buildStore({ state: 'DELETED' }),
    });

    expect(await screen.findByText('Demo Shop is deleted')).toBeInTheDocument();
  });

  it('leads back when there is no such store', async () => {
    const error = await responseError(404, 'NotFoundError', 'no store');
    renderStores(path, { getStore: () => Promise.reject(error) });

    expect(
      await screen.findByRole('heading', { name: 'No such store' }),
    ).toBeInTheDocument();
  });

  it('says that the portal does not answer', async () => {
    renderStores(path, {
      getStore: () => Promise.reject(new TypeError('Failed to fetch')),
    });

    expect(await screen.findByRole('alert')).toHaveTextContent(
      'The portal does not answer',
    );
  });

  it('shows an outline while it reads for the first time', async () => {
    renderStores(path);

    expect(
      await screen.findByRole('status', { name: 'Loading the store' }),
    ).toBeInTheDocument();
  });
});
