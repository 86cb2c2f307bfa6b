import { runAction } from '../__testUtils__/runAction';
import { StandInStores } from '../__testUtils__/StandInStores';
import { createStoreWaitAction } from './storeWait';

const pagesUrl = 'http://localhost:7007/stores';

describe('storeyard:store:wait', () => {
  let standIn: StandInStores;
  let action: ReturnType<typeof createStoreWaitAction>;

  beforeEach(async () => {
    standIn = new StandInStores();
    action = createStoreWaitAction({ stores: await standIn.start(), pagesUrl });
    standIn.add('toys-00000', { name: 'Toys' });
  });

  afterEach(() => standIn.stop());

  it('ends when the store is READY, with its events in the log', async () => {
    standIn.onWait = () => standIn.becomeReady('toys-00000');
    const { outputs, log } = await runAction(action, { id: 'toys-00000' });
    expect(log.split('\n')).toEqual([
      'Begun',
      'The database answers',
      'Shoppers can use it',
      "The store 'Toys' (toys-00000) is READY",
    ]);
    expect(outputs).toEqual({
      id: 'toys-00000',
      entityRef: 'component:default/toys-00000',
      storefront: 'http://toys-00000.localhost:8080',
      admin: 'http://toys-00000.localhost:8080/app',
      eventsUrl: 'http://localhost:7007/stores/toys-00000',
    });
  });

  it('waits for the end of a store, and logs that end only', async () => {
    standIn.becomeReady('toys-00000');
    standIn.happen(
      'toys-00000',
      'deletion-requested',
      'Its end was asked for',
      {
        state: 'DELETING',
      },
    );
    standIn.onWait = () =>
      standIn.happen('toys-00000', 'deleted', 'Nothing is left', {
        state: 'DELETED',
      });
    const { log } = await runAction(action, {
      id: 'toys-00000',
      state: 'DELETED',
    });
    expect(log.split('\n')).toEqual([
      'Its end was asked for',
      'Nothing is left',
      "The store 'Toys' (toys-00000) is DELETED",
    ]);
  });

  it('says that there is no such store', async () => {
    await expect(runAction(action, { id: 'books-00000' })).rejects.toThrow(
      "Waiting for the store 'books-00000' was refused; caused by NotFoundError: There is no store 'books-00000'",
    );
  });

  it('asks nothing in a dry run', async () => {
    await runAction(action, { id: 'toys-00000' }, { isDryRun: true });
    expect(standIn.calls).toEqual([]);
  });
});
