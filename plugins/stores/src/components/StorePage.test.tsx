import { screen, waitFor, within } from '@testing-library/react';
import { renderStores } from '../__testUtils__/renderStores';
import { responseError } from '../__testUtils__/responseError';
import { buildEvent, buildStore } from '../__testUtils__/stores';

const path = '/stores/demo-shop-ab12c';

describe('StorePage', () => {
  it('shows state, addresses, facts and the newest event first', async () => {
    renderStores(path, {
      getStore: async () => buildStore(),
      listEvents: async (_id, { after = 0 } = {}) =>
        after === 0
          ? {
              items: [
                buildEvent(),
                buildEvent({
                  sequence: 2,
                  type: 'ready',
                  actor: undefined,
                  message: 'Ready after 5.4 s',
                  details: { seconds: 5.4 },
                }),
              ],
              cursor: 2,
            }
          : new Promise(() => {}),
    });

    expect(
      await screen.findByRole('heading', { name: 'Demo Shop', level: 2 }),
    ).toBeInTheDocument();
    expect(screen.getByText(/Open for business since/)).toBeInTheDocument();
    expect(
      screen.getByRole('link', { name: /^Admin of Demo Shop/ }),
    ).toHaveAttribute('href', 'http://demo-shop-ab12c.localhost:8080/app');
    expect(screen.getByText('group:default/shop-team')).toBeInTheDocument();
    const events = within(
      await screen.findByRole('list', { name: 'Events' }),
    ).getAllByRole('listitem');
    expect(events.map(event => event.textContent)).toEqual([
      expect.stringContaining('Ready after 5.4 s'),
      expect.stringMatching(/^Requested.*by user:default\/guest/),
    ]);
  });

  it('reads the store again when something happened to it', async () => {
    let happened: () => void = () => {};
    let state: 'PROVISIONING' | 'READY' = 'PROVISIONING';
    renderStores(path, {
      getStore: async () => buildStore({ state }),
      listEvents: async (_id, { after = 0 } = {}) => {
        if (after === 0) {
          return { items: [buildEvent()], cursor: 1 };
        }
        if (after > 1) {
          return new Promise(() => {});
        }
        await new Promise<void>(resolve => {
          happened = resolve;
        });
        return {
          items: [buildEvent({ sequence: 2, type: 'ready', message: 'Ready' })],
          cursor: 2,
        };
      },
    });

    expect(await screen.findByText('PROVISIONING')).toBeInTheDocument();
    state = 'READY';
    await waitFor(
      () => {
        happened();
        expect(screen.getByText('READY')).toBeInTheDocument();
      },
      { timeout: 4_000 },
    );
  });

  it('leads back when there is no such store', async () => {
    const error = await responseError(404, 'NotFoundError', 'no store');
    renderStores(path, { getStore: () => Promise.reject(error) });

    expect(
      await screen.findByRole('heading', { name: 'No such store' }),
    ).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'All stores' })).toHaveAttribute(
      'href',
      '/stores',
    );
  });

  it('keeps what it knows when a later reading fails, and says how old it is', async () => {
    let fails = false;
    let grow: () => void = () => {};
    renderStores(path, {
      getStore: async () => {
        if (fails) {
          throw new TypeError('Failed to fetch');
        }
        return buildStore();
      },
      listEvents: async (_id, { after = 0 } = {}) => {
        if (after > 1) {
          return new Promise(() => {});
        }
        if (after === 1) {
          await new Promise<void>(resolve => {
            grow = resolve;
          });
        }
        return {
          items: [buildEvent({ sequence: after + 1 })],
          cursor: after + 1,
        };
      },
    });

    expect(await screen.findByText('READY')).toBeInTheDocument();
    fails = true;
    await waitFor(
      () => {
        grow();
        expect(screen.getByRole('alert')).toHaveTextContent(
          /The store could not be loaded.*What you see is \d s old/,
        );
      },
      { timeout: 4_000 },
    );
    expect(screen.getByText('READY')).toBeInTheDocument();
  });

  it('says when the log can not be read', async () => {
    renderStores(path, {
      getStore: async () => buildStore(),
      listEvents: () => Promise.reject(new Error('database is locked')),
    });

    expect(await screen.findByRole('alert')).toHaveTextContent(
      'The log could not be read on: database is locked.',
    );
  });
});
