import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { buildCapacity, buildOverview } from '../../__testUtils__/overview';
import { renderStores } from '../../__testUtils__/renderStores';
import { responseError } from '../../__testUtils__/responseError';

const path = '/stores/overview';

function cells(table: HTMLElement): string[] {
  return within(table)
    .getAllByRole('row', { hidden: true })
    .slice(1)
    .map(row =>
      [...row.children].map(({ textContent }) => textContent).join(' | '),
    );
}

describe('OverviewPage', () => {
  it('shows states, times, failures, owners and room, with a table behind each chart', async () => {
    renderStores(path, {
      getOverview: async () => buildOverview(),
      getCapacity: async () => buildCapacity(),
    });

    const table = async (name: string) =>
      cells(await screen.findByRole('table', { name, hidden: true }));
    expect(await table('Stores by state')).toEqual([
      'Requested | 0',
      'Provisioning | 1',
      'Ready | 12',
      'Degraded | 0',
      'Failed | 1',
      'Deleting | 0',
    ]);
    expect(await table('Time until a store sells')).toEqual([
      '21 Nov | 9.1 s | 14 s',
      '23 Nov | 7.4 s | 7.9 s',
      '24 Nov | 8.2 s | 8.8 s',
    ]);
    expect(await table('Failures by reason')).toEqual([
      'ImagePullFailed | 2',
      'Unschedulable | 1',
    ]);
    expect(await table('Stores by owner')).toEqual([
      'shop-team | 9',
      'toys | 5',
    ]);
    expect(
      screen.getByText(
        'Half were ready within 8.3 s, nineteen of twenty within 14 s (11 stores).',
      ),
    ).toBeInTheDocument();
    expect(await screen.findByText('5 more small stores fit')).toBeVisible();
    expect(screen.getByText('1 more large store fits')).toBeVisible();
    expect(
      screen.getByRole('region', { name: 'Node storeyard' }),
    ).toHaveTextContent(/1 CPU of 2 CPU.*3.5 GiB of 8 GiB.*17 of 110/);
  });

  it('shows what was repaired by day, also the days without', async () => {
    renderStores(path, { getOverview: async () => buildOverview() });

    const figure = await screen.findByRole('figure', {
      name: 'Repairs by day',
    });
    expect(cells(within(figure).getByRole('table', { hidden: true }))).toEqual([
      '21 Nov | 3 | 2',
      '24 Nov | 1 | 1',
    ]);
    expect(screen.getByText('4 repairs in that time.')).toBeInTheDocument();
  });

  it("shows the platform's own health", async () => {
    renderStores(path, { getOverview: async () => buildOverview() });

    const list = await screen.findByRole('list', { name: 'Replicas' });
    const [first, second] = within(list).getAllByRole('listitem');
    expect(first).toHaveTextContent(
      /storeyard-7c9f6-x2x4p.*works on 8 stores.*version 0.1.0.*begun \d+ \w+ ago.*never restarted/,
    );
    expect(second).toHaveTextContent(
      /storeyard-7c9f6-b8k2m.*works on 6 stores.*2 restarts, the last \d+ \w+ ago: OOMKilled/,
    );
    expect(within(first!).getByText(/ago$/)).toHaveAttribute(
      'title',
      expect.stringMatching(/^23 Nov 2026/),
    );
    expect(
      screen.getByText(/^Kubernetes v1.34.2, reachable since/),
    ).toHaveTextContent(/reachable since \d+ \w+\.$/);
    expect(screen.queryByText(/are worked on by none/)).toBeNull();
  });

  it('says what is not well with the platform', async () => {
    const { platform } = buildOverview();
    const [one, other] = platform.replicas;
    renderStores(path, {
      getOverview: async () =>
        buildOverview({
          platform: {
            replicas: [
              one!,
              { ...other!, version: '0.2.0', restarts: undefined },
            ],
            unheldStores: 3,
            cluster: {
              reachable: false,
              since: '2026-11-24T09:00:00.000Z',
              message: 'connect ECONNREFUSED',
            },
          },
        }),
    });

    expect(
      await screen.findByText('3 stores are worked on by none for the moment.'),
    ).toBeInTheDocument();
    expect(
      screen.getByText('Versions differ: 0.1.0 and 0.2.0.'),
    ).toBeInTheDocument();
    expect(
      screen.getByText(
        /^Kubernetes can't be reached since .*: connect ECONNREFUSED/,
      ),
    ).toBeInTheDocument();
  });

  it('says of each chart that there is nothing to show', async () => {
    renderStores(path, {
      getOverview: async () =>
        buildOverview({
          countsByState: { DELETED: 3 },
          activeByOwner: [],
          provisioning: undefined,
          buckets: [],
          failuresByReason: [],
          repairs: [],
          platform: {
            replicas: [],
            unheldStores: 0,
            cluster: {},
          },
        }),
    });

    expect(
      await screen.findByText('No store became ready in that time.'),
    ).toBeVisible();
    expect(screen.getByText('None failed in that time.')).toBeVisible();
    expect(
      screen.getByText('Nothing had to be repaired in that time.'),
    ).toBeVisible();
    expect(screen.getByText('No replica is alive.')).toBeVisible();
    expect(
      screen.getByText('Kubernetes has not been asked yet.'),
    ).toBeVisible();
    expect(screen.getAllByText('No stores.')).toHaveLength(2);
  });

  it('looks further back when asked to', async () => {
    const getOverview = jest.fn(async () => buildOverview());
    renderStores(path, { getOverview });

    await userEvent.click(await screen.findByRole('button', { name: /Time/ }));
    await userEvent.click(
      await screen.findByRole('option', { name: '30 days' }),
    );
    await waitFor(() =>
      expect(getOverview).toHaveBeenLastCalledWith(
        expect.objectContaining({ days: 30 }),
      ),
    );
  });

  it('shows an outline while it reads for the first time', async () => {
    renderStores(path, { getOverview: () => new Promise(() => {}) });

    expect(
      await screen.findByRole('status', { name: 'Loading the overview' }),
    ).toBeInTheDocument();
  });

  it('shows the rest when the room is not known', async () => {
    const error = await responseError(
      503,
      'ServiceUnavailableError',
      'The cluster has not told of its nodes',
    );
    renderStores(path, {
      getOverview: async () => buildOverview(),
      getCapacity: () => Promise.reject(error),
    });

    expect(await screen.findByRole('alert')).toHaveTextContent(
      /The room in the cluster could not be loaded.*has not told of its nodes/,
    );
    expect(
      await screen.findByRole('figure', { name: 'Stores by state' }),
    ).toBeInTheDocument();
  });

  it('says who may not see it', async () => {
    const error = await responseError(403, 'NotAllowedError', 'Ask Ada');
    renderStores(path, { getOverview: () => Promise.reject(error) });

    expect(await screen.findByRole('alert')).toHaveTextContent(
      /You may not see this.*Ask Ada/,
    );
  });

  it('keeps what it knows when a later reading fails', async () => {
    let fails = false;
    renderStores(path, {
      getOverview: async () => {
        if (fails) {
          throw new TypeError('Failed to fetch');
        }
        return buildOverview();
      },
    });

    await screen.findByRole('figure', { name: 'Stores by state' });
    fails = true;
    await userEvent.click(screen.getByRole('button', { name: /Time/ }));
    await userEvent.click(
      await screen.findByRole('option', { name: '30 days' }),
    );
    expect(await screen.findByRole('alert')).toHaveTextContent(
      /The overview could not be loaded.*The portal does not answer.*\d s old/,
    );
    expect(
      screen.getByRole('figure', { name: 'Stores by state' }),
    ).toBeInTheDocument();
  });
});
