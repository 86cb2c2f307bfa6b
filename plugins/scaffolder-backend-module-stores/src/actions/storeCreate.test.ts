import { mockCredentials } from '@backstage/backend-test-utils';
import type { StoresService } from '@storeyard/backstage-plugin-stores-node';
import { runAction } from '../__testUtils__/runAction';
import { StandInStores } from '../__testUtils__/StandInStores';
import { createStoreCreateAction } from './storeCreate';

const pagesUrl = 'http://localhost:7007/stores';

describe('storeyard:store:create', () => {
  let standIn: StandInStores;
  let stores: StoresService;
  let action: ReturnType<typeof createStoreCreateAction>;

  beforeEach(async () => {
    standIn = new StandInStores();
    stores = await standIn.start();
    action = createStoreCreateAction({ stores, pagesUrl });
  });

  afterEach(() => standIn.stop());

  it('orders a store in the name of whoever started the task, and says where it is', async () => {
    const { outputs, log } = await runAction(action, {
      name: 'Toys',
      plan: 'medium',
      owner: 'group:default/team-a',
      parameters: { currency: 'usd' },
      protected: true,
    });
    expect(standIn.stores.get('toys-00000')).toMatchObject({
      name: 'Toys',
      engine: 'medusa',
      plan: 'medium',
      owner: 'group:default/team-a',
      parameters: { currency: 'usd' },
      protected: true,
    });
    expect(outputs).toEqual({
      id: 'toys-00000',
      entityRef: 'component:default/toys-00000',
      storefront: 'http://toys-00000.localhost:8080',
      admin: 'http://toys-00000.localhost:8080/app',
      eventsUrl: 'http://localhost:7007/stores/toys-00000',
    });
    expect(log).toContain("'Toys' is ordered as 'toys-00000'");
    expect(
      new Set(
        standIn.authorizations.map(header =>
          header.includes(mockCredentials.user().principal.userEntityRef),
        ),
      ),
    ).toEqual(new Set([true]));
  });

  it('does not wait unless it is told to', async () => {
    await runAction(action, { name: 'Toys' });
    expect(standIn.calls).toEqual(['POST /', 'GET /toys-00000']);
  });

  it('shows the events while they happen, and ends when the shop is open', async () => {
    const seen: string[] = [];
    let waits = 0;
    let lineBeforeReady: string | undefined;
    standIn.onWait = () => {
      waits += 1;
      if (waits === 1) {
        standIn.happen('toys-00000', 'applied', 'The objects are applied');
      } else {
        lineBeforeReady = seen.at(-1);
        standIn.becomeReady('toys-00000');
      }
    };
    const { log } = await runAction(
      action,
      { name: 'Toys', wait: true },
      { onLog: line => seen.push(line) },
    );
    expect(log.split('\n').slice(1)).toEqual([
      "'Toys' was requested (user:default/mock)",
      'The objects are applied',
      'Begun',
      'The database answers',
      'Shoppers can use it',
      'Open for business: http://toys-00000.localhost:8080',
    ]);
    expect(lineBeforeReady).toBe('The objects are applied');
  });

  it('makes one store when the same step of the same task runs again, with its checkpoint or without', async () => {
    const task = { taskId: 'task-1', stepId: 'store' };
    const checkpoints = new Map<string, unknown>();
    const first = await runAction(
      action,
      { name: 'Toys' },
      { ...task, checkpoints },
    );
    const recovered = await runAction(
      action,
      { name: 'Toys' },
      { ...task, checkpoints },
    );
    // A crash between the order and its checkpoint.
    const again = await runAction(action, { name: 'Toys' }, task);
    expect([recovered.outputs, again.outputs]).toEqual([
      first.outputs,
      first.outputs,
    ]);
    expect([...standIn.stores.keys()]).toEqual(['toys-00000']);
    expect(standIn.calls.filter(call => call === 'POST /')).toHaveLength(2);
  });

  it.each([
    ['task', { taskId: 'task-2', stepId: 'store' }, 'Toys'],
    ['step', { taskId: 'task-1', stepId: 'other' }, 'Toys'],
    ['name', { taskId: 'task-1', stepId: 'store' }, 'Books'],
  ])('takes another %s for another order', async (_, task, name) => {
    await runAction(
      action,
      { name: 'Toys' },
      { taskId: 'task-1', stepId: 'store' },
    );
    await runAction(action, { name }, task);
    expect(standIn.keys.size).toBe(2);
  });

  it('says why a store failed and what to do about it', async () => {
    standIn.life = id =>
      standIn.happen(id, 'failed', 'It failed', {
        state: 'FAILED',
        reason: 'ImagePullFailed',
        message: 'manifest for medusa:9 not found',
        remedy: 'Check `imageVersion`, then retry.',
      });
    const running = runAction(action, { name: 'Toys', wait: true });
    await expect(running).rejects.toThrow(
      [
        "The store 'Toys' (toys-00000) is FAILED, ImagePullFailed.",
        "The image of the store can't be pulled.",
        'manifest for medusa:9 not found',
        'What to do: Check `imageVersion`, then retry.',
        'Its timeline: http://localhost:7007/stores/toys-00000',
      ].join('\n'),
    );
  });

  it('ends when the store is deleted meanwhile', async () => {
    standIn.onWait = () =>
      standIn.happen('toys-00000', 'deletion-requested', 'Its end', {
        state: 'DELETING',
      });
    await expect(
      runAction(action, { name: 'Toys', wait: true }),
    ).rejects.toThrow("The store 'Toys' (toys-00000) is DELETING.");
  });

  it("says in the plugin's own words why an order is refused", async () => {
    standIn.refusals.push({
      status: 409,
      name: 'ConflictError',
      message: "name: 'Toys' is taken by store 'toys-x7k2p'",
    });
    await expect(runAction(action, { name: 'Toys' })).rejects.toThrow(
      "The store 'Toys' was refused; caused by ConflictError: name: 'Toys' is taken by store 'toys-x7k2p'",
    );
  });

  it('stops waiting when the task is cancelled, and says that the store goes on', async () => {
    const abort = new AbortController();
    standIn.onWait = () => abort.abort();
    const lines: string[] = [];
    await expect(
      runAction(
        action,
        { name: 'Toys', wait: true },
        { signal: abort.signal, onLog: line => lines.push(line) },
      ),
    ).rejects.toThrow('aborted');
    expect(lines.at(-1)).toBe(
      "The waiting was cancelled. The store 'toys-00000' goes on by itself: http://localhost:7007/stores/toys-00000",
    );
    expect(standIn.stateOf('toys-00000')).toBe('REQUESTED');
  });

  it("keeps an event's details out of the log", async () => {
    standIn.life = id => {
      standIn.happen(
        id,
        'secrets-applied',
        'Secrets are applied',
        {},
        {
          details: { password: 'hunter2' },
        },
      );
      standIn.becomeReady(id);
    };
    const { log } = await runAction(action, { name: 'Toys', wait: true });
    expect(log).toContain('Secrets are applied');
    expect(log).not.toContain('hunter2');
    expect(standIn.calls.join()).not.toContain('credentials');
  });

  describe('as a dry run', () => {
    it('makes nothing', async () => {
      const { log } = await runAction(
        action,
        { name: 'Toys', wait: true },
        { isDryRun: true },
      );
      expect(log).toContain('nothing was made');
      expect(standIn.stores.size).toBe(0);
    });

    it('refuses what the order would be refused for', async () => {
      const options = { isDryRun: true };
      standIn.add('toys-x7k2p', { name: 'Toys' });
      await expect(
        runAction(action, { name: 'Toys' }, options),
      ).rejects.toThrow("name: 'Toys' is taken by store 'toys-x7k2p'");
      await expect(
        runAction(action, { name: 'Books', plan: 'huge' }, options),
      ).rejects.toThrow("plan: 'huge' is unknown; there are small, medium");
      standIn.quota.left = 0;
      standIn.quota.used = 2;
      await expect(
        runAction(action, { name: 'Books' }, options),
      ).rejects.toThrow("owner: 'user:default/mock' has 2 of 2 stores already");
    });
  });
});
