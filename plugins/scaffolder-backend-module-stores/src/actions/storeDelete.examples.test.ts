import { inputOf, runAction } from '../__testUtils__/runAction';
import { StandInStores } from '../__testUtils__/StandInStores';
import { createStoreDeleteAction } from './storeDelete';
import { examples } from './storeDelete.examples';

interface Input {
  id: string;
  wait?: boolean;
}

describe('examples of storeyard:store:delete', () => {
  let standIn: StandInStores;
  let action: ReturnType<typeof createStoreDeleteAction>;

  beforeEach(async () => {
    standIn = new StandInStores();
    action = createStoreDeleteAction({
      stores: await standIn.start(),
      pagesUrl: 'http://localhost:7007/stores',
    });
  });

  afterEach(() => standIn.stop());

  it.each(examples)('$description', async example => {
    const input = inputOf<Input>(example);
    standIn.add(input.id);
    standIn.onWait = () =>
      standIn.happen(input.id, 'deleted', 'Nothing is left', {
        state: 'DELETED',
      });
    await runAction(action, input);
    expect(standIn.stateOf(input.id)).toBe(input.wait ? 'DELETED' : 'DELETING');
  });
});
