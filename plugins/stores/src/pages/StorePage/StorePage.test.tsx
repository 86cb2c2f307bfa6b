import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { eventLog } from '../../__testUtils__/eventLog';
import { renderStores } from '../../__testUtils__/renderStores';
import { responseError } from '../../__testUtils__/responseError';
import { buildEvent, buildStore } from '../../__testUtils__/stores';
import type { StoresApi } from '../../api';

const path = '/stores/demo-shop-ab12c';

/** A log of these events, which nothing comes behind. */
function logOf(...items: Array<Parameters<typeof buildEvent>[0]>) {
  return eventLog(
    items.map((event, index) =>
      buildEvent({ sequence: index + 1, actor: undefined, ...event }),
    ),
  );
}

const log = logOf(
  { type: 'requested', message: 'Requested', actor: 'user:default/guest' },
  {
    type: 'database-ready',
    message: 'The database is ready',
    time: '2026-11-24T10:00:04.000Z',
    details: { manager: 'helm' },
  },
  {
    type: 'ready',
    message: 'Ready after 5.4 s',
    time: '2026-11-24T10:00:05.400Z',
  },
);

describe('StorePage', () => {
  it('shows state, addresses, facts and what happened, newest first', async () => {
    renderStores(path, { getStore: async () => buildStore(), ...log });

    expect(
      await screen.findByRole('heading', { name: 'Demo Shop', level: 2 }),
    ).toBeInTheDocument();
    expect(screen.getByText(/Open for business since/)).toBeInTheDocument();
    expect(
      screen.getByRole('link', { name: /^http.*app \(Admin\)/ }),
    ).toHaveAttribute('href', 'http://demo-shop-ab12c.localhost:8080/app');
    expect(screen.getByText('group:default/shop-team')).toBeInTheDocument();
    const phases = await screen.findAllByRole('heading', { level: 4 });
    expect(phases.map(({ textContent }) => textContent)).toEqual([
      'Reachable',
      'Database',
      'Request',
    ]);
    expect(screen.getByRole('region', { name: 'Database' })).toHaveTextContent(
      /took 4 s.*The database is ready/,
    );
    expect(screen.getByText('6 s')).toBeInTheDocument();
  });

  it('gives each line its moment, how long ago that is, and who it was', async () => {
    renderStores(path, { getStore: async () => buildStore(), ...log });

    const request = await screen.findByRole('region', { name: 'Request' });
    const [line] = within(request).getAllByRole('listitem');
    expect(line).toHaveTextContent(
      /^24 Nov,? \d\d:00:00 ?Requested \d+ \w+ ago · by guest$/,
    );
  });

  it('draws the times of phases to one scale', async () => {
    renderStores(path, { getStore: async () => buildStore(), ...log });

    const region = await screen.findByRole('region', { name: 'Reachable' });
    expect(within(region).getByTestId('timeline-bar')).toHaveStyle({
      width: '35%',
    });
    expect(
      within(screen.getByRole('region', { name: 'Database' })).getByTestId(
        'timeline-bar',
      ),
    ).toHaveStyle({ width: '100%' });
  });

  it('filters and copies the timeline', async () => {
    const user = userEvent.setup();
    const copied = jest.spyOn(navigator.clipboard, 'writeText');
    renderStores(path, { getStore: async () => buildStore(), ...log });

    await user.click(await screen.findByRole('button', { name: /Show$/ }));
    await user.click(
      await screen.findByRole('option', { name: 'What people asked for' }),
    );
    await user.click(screen.getByRole('button', { name: 'Copy as text' }));

    expect(
      screen.queryByRole('region', { name: 'Reachable' }),
    ).not.toBeInTheDocument();
    expect(copied).toHaveBeenCalledWith(
      '2026-11-24T10:00:00.000Z  requested  Requested  (user:default/guest)',
    );
  });

  describe('with a long story', () => {
    const long = logOf(
      { type: 'requested', message: 'Requested' },
      ...Array.from({ length: 149 }, (_, index) => ({
        type: 'repaired' as const,
        message: `Repair ${index + 1}`,
      })),
    );

    it('reads older lines when asked to, and says that there are no more', async () => {
      renderStores(path, { getStore: async () => buildStore(), ...long });

      expect(await screen.findByText('Repair 149')).toBeInTheDocument();
      expect(screen.queryByText('Repair 49')).not.toBeInTheDocument();
      expect(screen.getByText('100 or more')).toBeInTheDocument();
      await userEvent.click(screen.getByRole('button', { name: 'Show older' }));
      expect(await screen.findByText('Repair 1')).toBeInTheDocument();
      expect(screen.getByText('That is where it began.')).toBeInTheDocument();
      expect(screen.queryByRole('button', { name: 'Show older' })).toBeNull();
      expect(screen.getByText('149')).toBeInTheDocument();
    });

    it('keeps what is open while older lines come in', async () => {
      renderStores(path, {
        getStore: async () => buildStore(),
        ...logOf(
          ...Array.from({ length: 150 }, (_, index) => ({
            type: 'repaired' as const,
            message: `Repair ${index + 1}`,
            details: { object: `Deployment/${index + 1}` },
          })),
        ),
      });

      await screen.findByText('Repair 150');
      await userEvent.click(screen.getAllByText('Details')[3]!);
      expect(screen.getByText(/Deployment\/147/)).toBeVisible();
      await userEvent.click(screen.getByRole('button', { name: 'Show older' }));
      expect(await screen.findByText('Repair 1')).toBeInTheDocument();
      expect(screen.getByText(/Deployment\/147/)).toBeVisible();
    });

    it('says how far back a filter has looked that leaves nothing', async () => {
      renderStores(path, {
        getStore: async () => buildStore(),
        ...logOf(
          ...Array.from({ length: 250 }, (_, index) => ({
            type: 'repaired' as const,
            message: `Repair ${index + 1}`,
          })),
        ),
      });

      await userEvent.click(
        await screen.findByRole('button', { name: /Show$/ }),
      );
      await userEvent.click(
        await screen.findByRole('option', { name: 'Problems' }),
      );
      expect(screen.getByText('None of these.')).toBeInTheDocument();
      await userEvent.click(screen.getByRole('button', { name: 'Show older' }));
      expect(
        await screen.findByText(/^Read back to 24 Nov/),
      ).toBeInTheDocument();
    });

    it('says when older lines can not be read, and keeps the newer ones', async () => {
      const errors = [
        new TypeError('Failed to fetch'),
        await responseError(
          503,
          'ServiceUnavailableError',
          'database is locked',
        ),
      ];
      renderStores(path, {
        getStore: async () => buildStore(),
        listEvents: async (id, options) => {
          if (options?.before) {
            throw errors.shift();
          }
          return long.listEvents(id, options);
        },
      });

      await userEvent.click(
        await screen.findByRole('button', { name: 'Show older' }),
      );
      expect(await screen.findByRole('alert')).toHaveTextContent(
        'Older lines could not be read: the portal does not answer.',
      );
      await userEvent.click(screen.getByRole('button', { name: 'Show older' }));
      expect(
        await screen.findByText(
          'Older lines could not be read: database is locked.',
        ),
      ).toBeInTheDocument();
      expect(screen.getByText('Repair 149')).toBeInTheDocument();
    });
  });

  it('folds attempts into one line', async () => {
    renderStores(path, {
      getStore: async () => buildStore({ state: 'PROVISIONING' }),
      ...logOf(
        { type: 'applied', message: 'Applied' },
        { type: 'attempt-failed', message: 'Attempt 1 failed' },
        { type: 'attempt-failed', message: 'Attempt 2 failed' },
      ),
    });

    expect(await screen.findByText('Attempt 2 failed')).toBeVisible();
    expect(screen.getByText('Attempt 1 failed')).not.toBeVisible();
    expect(
      screen.getByText('1 earlier line of these attempts'),
    ).toBeInTheDocument();
  });

  it("says what failed in a sentence, with the cluster's own words one click below", async () => {
    renderStores(path, {
      getStore: async () => buildStore({ state: 'FAILED' }),
      ...logOf(
        { type: 'applied', message: 'Applied' },
        {
          type: 'failed',
          message: "Container 'medusa': ErrImagePull: manifest unknown",
          details: { reason: 'ImagePullFailed' },
        },
      ),
    });

    expect(
      await screen.findByText("The image of the store can't be pulled."),
    ).toBeVisible();
    const words = screen.getByText(/"message": ".*manifest unknown"/);
    expect(words).not.toBeVisible();
    await userEvent.click(screen.getByText('Details'));
    expect(words).toBeVisible();
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

    expect(await screen.findByText('Provisioning')).toBeInTheDocument();
    state = 'READY';
    await waitFor(
      () => {
        happened();
        expect(screen.getByText(/Open for business/)).toBeInTheDocument();
      },
      { timeout: 10_000 },
    );
  });

  it('holds new lines back while somebody reads further down', async () => {
    let happened: () => void = () => {};
    renderStores(path, {
      getStore: async () => buildStore(),
      listEvents: async (_id, { after = 0 } = {}) => {
        if (after === 0) {
          return {
            items: [buildEvent({ details: { cause: 'a person' } })],
            cursor: 1,
          };
        }
        if (after > 1) {
          return new Promise(() => {});
        }
        await new Promise<void>(resolve => {
          happened = resolve;
        });
        return {
          items: [
            buildEvent({ sequence: 2, type: 'repaired', message: 'Repaired' }),
          ],
          cursor: 2,
        };
      },
    });

    await userEvent.click(await screen.findByText('Details'));
    await waitFor(
      () => {
        happened();
        expect(
          screen.getByRole('button', { name: '1 new line' }),
        ).toBeInTheDocument();
      },
      { timeout: 10_000 },
    );
    expect(screen.queryByText('Repaired')).not.toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: '1 new line' }));
    expect(screen.getByText('Repaired')).toBeInTheDocument();
  });

  it('tells a person to act, with the remedy and the next attempt', async () => {
    const retryStore = jest.fn(async () =>
      buildStore({ state: 'PROVISIONING' }),
    );
    renderStores(path, {
      getStore: async () =>
        buildStore({
          state: 'FAILED',
          reason: 'ImagePullFailed',
          message: 'manifest unknown',
          remedy: 'Load the image.',
          nextAttemptAt: new Date(Date.now() + 300_000).toISOString(),
        }),
      retryStore,
    });

    const notice = await screen.findByRole('region', {
      name: 'This store needs you',
    });
    expect(notice).toHaveTextContent('Load the image.');
    expect(notice).toHaveTextContent(/Next attempt in [45] min/);
    expect(notice).toHaveTextContent('manifest unknown');
    await userEvent.click(await screen.findByRole('button', { name: 'Retry' }));
    expect(retryStore).toHaveBeenCalledWith('demo-shop-ab12c', {});
    expect(await screen.findByText('Retrying Demo Shop')).toBeInTheDocument();
  });

  it('makes a store whose data is lost anew only when that was accepted', async () => {
    const retryStore = jest.fn(async () => buildStore());
    renderStores(path, {
      getStore: async () => buildStore({ state: 'FAILED', reason: 'DataLost' }),
      retryStore,
    });

    await userEvent.click(await screen.findByRole('button', { name: 'Retry' }));
    const submit = await screen.findByRole('button', { name: 'Make it anew' });
    expect(submit).toHaveAccessibleDescription('Accept the loss first.');
    await userEvent.click(submit);
    expect(retryStore).not.toHaveBeenCalled();
    await userEvent.click(screen.getByRole('checkbox', { name: /I accept/ }));
    await userEvent.click(screen.getByRole('button', { name: 'Make it anew' }));
    expect(retryStore).toHaveBeenCalledWith('demo-shop-ab12c', {
      acceptDataLoss: true,
    });
  });

  it('pauses with a reason, and resumes', async () => {
    let paused = false;
    const pauseStore = jest.fn(async () => {
      paused = true;
      return buildStore();
    });
    const resumeStore = jest.fn(async () => {
      paused = false;
      return buildStore();
    });
    renderStores(path, {
      getStore: async () =>
        paused
          ? buildStore({
              pausedUntil: new Date(Date.now() + 3_600_000).toISOString(),
              pauseReason: 'looking',
              pausedBy: 'user:default/ada',
            })
          : buildStore(),
      pauseStore,
      resumeStore,
    });

    await userEvent.click(
      await screen.findByRole('button', { name: 'Pause…' }),
    );
    expect(
      await screen.findByRole('button', { name: 'Pause' }),
    ).toHaveAccessibleDescription('Give the reason first.');
    await userEvent.type(
      screen.getByRole('textbox', { name: /Reason/ }),
      'looking',
    );
    await userEvent.click(screen.getByRole('button', { name: 'Pause' }));
    expect(pauseStore).toHaveBeenCalledWith('demo-shop-ab12c', {
      minutes: 60,
      reason: 'looking',
    });
    expect(
      await screen.findByText(/Paused by ada until .* \(looking\)/),
    ).toBeInTheDocument();
    // Where the focus was when the dialog was opened.
    const resume = screen.getByRole('button', { name: 'Resume' });
    expect(resume).toHaveFocus();
    await userEvent.keyboard('{Enter}');
    expect(resumeStore).toHaveBeenCalled();
    expect(await screen.findByRole('button', { name: 'Pause…' })).toHaveFocus();
  });

  it('says why an action was refused', async () => {
    const error = await responseError(409, 'ConflictError', 'it is moving');
    renderStores(path, {
      getStore: async () => buildStore({ state: 'DEGRADED' }),
      retryStore: () => Promise.reject(error),
    });

    await userEvent.click(await screen.findByRole('button', { name: 'Retry' }));
    expect(await screen.findByRole('alert')).toHaveTextContent(
      /Retry did not work.*it is moving\./,
    );
  });

  it('tells by keyboard too why something may not be done, and who may', async () => {
    // What is allowed is remembered by id for as long as a page is open.
    renderStores(
      '/stores/theirs-ab12c',
      { getStore: async () => buildStore({ id: 'theirs-ab12c' }) },
      {
        denied: [
          'stores.store.delete',
          'stores.store.credentials.read',
          'stores.store.logs.read',
        ],
      },
    );

    const button = await screen.findByRole('button', { name: 'Delete…' });
    await waitFor(() =>
      expect(
        screen.getByRole('button', { name: 'Delete…' }),
      ).toHaveAccessibleDescription(
        'Only shop-team and the platform team may do this.',
      ),
    );
    button.focus();
    expect(screen.getByRole('button', { name: 'Delete…' })).toHaveFocus();
    expect(
      screen.getByRole('button', { name: 'Show the first login' }),
    ).toHaveAttribute('aria-disabled', 'true');
    expect(
      screen.getByRole('button', { name: 'Show the log' }),
    ).toHaveAttribute('aria-disabled', 'true');
  });

  it('reads the first login when asked to, and forgets it', async () => {
    const getCredentials = jest.fn(async () => ({
      email: 'admin@demo.example',
      password: 'correct horse',
      url: 'http://demo-shop-ab12c.localhost:8080/app',
    }));
    renderStores(path, { getStore: async () => buildStore(), getCredentials });

    const show = await screen.findByRole('button', {
      name: 'Show the first login',
    });
    expect(getCredentials).not.toHaveBeenCalled();
    await userEvent.click(show);
    expect(await screen.findByText('correct horse')).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Hide' }));
    expect(screen.queryByText('correct horse')).not.toBeInTheDocument();
  });

  it('shows a log when asked to, also of the container before', async () => {
    const getLogs = jest.fn<
      ReturnType<StoresApi['getLogs']>,
      Parameters<StoresApi['getLogs']>
    >(async (_id, { workload = '', previous = false } = {}) => ({
      workload,
      pod: 'medusa-api-1',
      container: 'medusa',
      previous,
      lines: ['listening on 9000'],
    }));
    renderStores(path, { getStore: async () => buildStore(), getLogs });

    await userEvent.click(
      await screen.findByRole('button', {
        name: 'Show the log before the crash',
      }),
    );
    expect(
      await screen.findByRole('region', { name: 'Log of medusa-api' }),
    ).toHaveTextContent('listening on 9000');
    expect(getLogs).toHaveBeenCalledWith(
      'demo-shop-ab12c',
      expect.objectContaining({ workload: 'medusa-api', previous: true }),
    );
  });

  it('offers the logs of what the store consists of, and says which has crashed', async () => {
    const pod = (name: string, restarts: number) => ({
      name,
      phase: 'Running',
      ready: true,
      restarts,
      containers: [
        {
          name: 'main',
          init: false,
          restarts,
          previous:
            restarts > 0
              ? { reason: 'OOMKilled', endedAt: '2026-11-24T10:00:00Z' }
              : undefined,
        },
      ],
    });
    const getLogs = jest.fn<
      ReturnType<StoresApi['getLogs']>,
      Parameters<StoresApi['getLogs']>
    >(async (_id, { workload = '', previous = false } = {}) => ({
      workload,
      pod: 'worker-1',
      container: 'worker',
      previous,
      lines: ['out of memory'],
    }));
    renderStores(path, {
      getStore: async () => buildStore(),
      getLogs,
      getResources: async () => ({
        workloads: [
          {
            kind: 'Deployment',
            name: 'medusa-api',
            desired: 1,
            ready: 1,
            pods: [pod('medusa-api-1', 0)],
          },
          {
            kind: 'Deployment',
            name: 'worker',
            desired: 1,
            ready: 1,
            pods: [pod('worker-1', 4)],
          },
        ],
        volumes: [],
        quota: [],
      }),
    });

    await screen.findByText('medusa-api: 1 of 1 ready');
    await userEvent.click(screen.getByRole('button', { name: /Of$/ }));
    expect(
      (await screen.findAllByRole('option')).map(
        ({ textContent }) => textContent,
      ),
    ).toEqual(['Shop', 'worker']);
    await userEvent.click(screen.getByRole('option', { name: 'worker' }));
    expect(
      screen.getByText(
        (_, element) =>
          element?.tagName === 'P' &&
          /^Crashed \d+ \w+ ago: OOMKilled\.$/.test(element.textContent ?? ''),
      ),
    ).toBeInTheDocument();
    await userEvent.click(
      screen.getByRole('button', { name: 'Show the log before the crash' }),
    );
    expect(
      await screen.findByRole('region', { name: 'Log of worker' }),
    ).toHaveTextContent('out of memory');
    expect(getLogs).toHaveBeenLastCalledWith(
      'demo-shop-ab12c',
      expect.objectContaining({ workload: 'worker', previous: true }),
    );
  });

  it('shows what runs, and the use of the quota', async () => {
    renderStores(path, {
      getStore: async () => buildStore(),
      getResources: async () => ({
        workloads: [
          {
            kind: 'Deployment',
            name: 'medusa-api',
            desired: 1,
            ready: 0,
            pods: [
              {
                name: 'medusa-api-1',
                phase: 'Running',
                ready: false,
                restarts: 3,
                reason: 'CrashLoopBackOff',
              },
            ],
          },
        ],
        volumes: [
          {
            name: 'data-postgres-0',
            phase: 'Bound',
            requested: '1Gi',
            deleting: false,
          },
        ],
        quota: [{ resource: 'requests.memory', used: '768Mi', hard: '1Gi' }],
      }),
    });

    expect(
      await screen.findByText(
        'medusa-api: 0 of 1 ready · 3 restarts · CrashLoopBackOff',
      ),
    ).toBeInTheDocument();
    expect(screen.getByText('data-postgres-0: 1Gi, Bound')).toBeInTheDocument();
    expect(
      screen.getByRole('region', { name: 'Use of the quota' }),
    ).toHaveTextContent('requests.memory768Mi of 1Gi');
  });

  it('takes the protection off', async () => {
    const changeStore = jest.fn(async () => buildStore());
    renderStores(path, {
      getStore: async () => buildStore({ protected: true }),
      changeStore,
    });

    await userEvent.click(
      await screen.findByRole('button', { name: 'Take the protection off' }),
    );
    expect(changeStore).toHaveBeenCalledWith('demo-shop-ab12c', {
      protected: false,
    });
  });

  it('gives the moment behind what it says of the state, on hover', async () => {
    renderStores(path, { getStore: async () => buildStore() });

    expect(await screen.findByText(/Open for business since/)).toHaveAttribute(
      'title',
      expect.stringMatching(/^24 Nov 2026/),
    );
  });

  it('says what held-up deletions wait for once, where their state is', async () => {
    const message = 'waiting for 1 volume held by kubernetes.io/pvc-protection';
    renderStores(path, {
      getStore: async () =>
        buildStore({
          state: 'DELETING',
          reason: 'DeletionBlocked',
          message: `${message}.`,
          remedy: 'Look at the node.',
        }),
    });

    const notice = await screen.findByRole('region', {
      name: 'The deletion is held up',
    });
    expect(notice).toHaveTextContent('Look at the node.');
    expect(notice).not.toHaveTextContent(message);
    expect(screen.getAllByText(new RegExp(message))).toHaveLength(1);
  });

  it('says what a deletion waits for, and offers nothing else', async () => {
    renderStores(path, {
      getStore: async () =>
        buildStore({ state: 'DELETING', message: 'waiting for 1 volume.' }),
    });

    expect(
      await screen.findByText(/: waiting for 1 volume/),
    ).toBeInTheDocument();
    for (const name of ['Open shop', 'Retry', 'Pause…', 'Delete…']) {
      expect(screen.getByRole('button', { name })).toHaveAttribute(
        'aria-disabled',
        'true',
      );
    }
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

  it('says who may not see it', async () => {
    const error = await responseError(403, 'NotAllowedError', 'Ask Ada');
    renderStores(path, { getStore: () => Promise.reject(error) });

    expect(await screen.findByRole('alert')).toHaveTextContent(
      /You may not see this.*Ask Ada/,
    );
  });

  it('shows an outline while it reads for the first time', async () => {
    renderStores(path);

    expect(
      await screen.findByRole('status', { name: 'Loading the store' }),
    ).toBeInTheDocument();
  });

  it('keeps what it knows when a later reading fails, and says how old it is', async () => {
    let fails = false;
    renderStores(path, {
      getStore: async () => {
        if (fails) {
          throw new TypeError('Failed to fetch');
        }
        return buildStore({ state: 'DEGRADED' });
      },
      retryStore: async () => {
        fails = true;
        return buildStore();
      },
    });

    await userEvent.click(await screen.findByRole('button', { name: 'Retry' }));
    expect(await screen.findByRole('alert')).toHaveTextContent(
      /The store could not be loaded.*What you see is \d s old/,
    );
    expect(screen.getByText('Degraded')).toBeInTheDocument();
  });

  it('says when the timeline can not be read', async () => {
    renderStores(path, {
      getStore: async () => buildStore(),
      listEvents: () => Promise.reject(new Error('database is locked')),
    });

    expect(await screen.findByRole('alert')).toHaveTextContent(
      /The timeline could not be loaded.*The portal does not answer/,
    );
  });

  it('keeps the timeline when reading on fails, says how old it is, and reads on when told to', async () => {
    let fails = true;
    renderStores(path, {
      getStore: async () => buildStore(),
      listEvents: async (id, options) => {
        if (options?.wait && fails) {
          throw new TypeError('Failed to fetch');
        }
        return log.listEvents(id, options);
      },
    });

    expect(await screen.findByRole('alert')).toHaveTextContent(
      /The timeline could not be loaded.*What you see is \d s old/,
    );
    expect(screen.getByText('The database is ready')).toBeInTheDocument();
    fails = false;
    await userEvent.click(screen.getByRole('button', { name: 'Try now' }));
    await waitFor(() => expect(screen.queryByRole('alert')).toBeNull());
  });
});
