import { runAction } from '../__testUtils__/runAction';
import { StandInStores } from '../__testUtils__/StandInStores';
import { createStoreDeleteAction } from './storeDelete';

const pagesUrl = 'http://localhost:7007/stores';

describe('storeyard:store:delete', () => {
  let standIn: StandInStores;
  let action: ReturnType<typeof createStoreDeleteAction>;

  beforeEach(async () => {
    standIn = new StandInStores();
    action = createStoreDeleteAction({
      stores: await standIn.start(),
      pagesUrl,
    });
    standIn.add('toys-00000', { name: 'Toys' });
    standIn.becomeReady('toys-00000');
  });

  afterEach(() => standIn.stop());

  it('asks for the end of the store', async () => {
    const { outputs } = await runAction(action, { id: 'toys-00000' });
    expect(standIn.stateOf('toys-00000')).toBe('DELETING');
    expect(outputs).toEqual({
      id: 'toys-00000',
      eventsUrl: 'http://localhost:7007/stores/toys-00000',
    });
  });

  it('waits until nothing is left, if told to', async () => {
    standIn.onWait = () =>
      standIn.happen('toys-00000', 'deleted', 'Nothing is left', {
        state: 'DELETED',
      });
    const { log } = await runAction(action, { id: 'toys-00000', wait: true });
    expect(log.split('\n')).toEqual([
      "The store 'Toys' (toys-00000) is DELETING",
      'Its end was asked for',
      'Nothing is left',
      "The store 'Toys' (toys-00000) is gone",
    ]);
  });

  it("says in the plugin's own words why it is refused", async () => {
    standIn.refusals.push({
      status: 409,
      name: 'ConflictError',
      message: "store 'toys-00000' is protected",
    });
    await expect(runAction(action, { id: 'toys-00000' })).rejects.toThrow(
      "Deleting the store 'toys-00000' was refused; caused by ConflictError: store 'toys-00000' is protected",
    );
  });

  it('deletes nothing in a dry run', async () => {
    await runAction(action, { id: 'toys-00000' }, { isDryRun: true });
    expect(standIn.stateOf('toys-00000')).toBe('READY');
  });
});
