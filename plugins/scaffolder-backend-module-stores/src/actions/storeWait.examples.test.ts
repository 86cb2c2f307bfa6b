import { inputOf, runAction } from '../__testUtils__/runAction';
import { StandInStores } from '../__testUtils__/StandInStores';
import { createStoreWaitAction } from './storeWait';
import { examples } from './storeWait.examples';

interface Input {
  id: string;
  state?: 'READY' | 'DELETED';
}

describe('examples of storeyard:store:wait', () => {
  let standIn: StandInStores;
  let action: ReturnType<typeof createStoreWaitAction>;

  beforeEach(async () => {
    standIn = new StandInStores();
    action = createStoreWaitAction({
      stores: await standIn.start(),
      pagesUrl: 'http://localhost:7007/stores',
    });
  });

  afterEach(() => standIn.stop());

  it.each(examples)('$description', async example => {
    const input = { ...inputOf<Input>(example), id: 'toys-00000' };
    const { state = 'READY' } = input;
    standIn.add(input.id);
    standIn.onWait = () =>
      standIn.happen(
        input.id,
        state === 'READY' ? 'ready' : 'deleted',
        'The end of it',
        { state },
      );
    const { log } = await runAction(action, input);
    expect(log).toContain(`is ${state}`);
    expect(standIn.stateOf(input.id)).toBe(state);
  });
});
