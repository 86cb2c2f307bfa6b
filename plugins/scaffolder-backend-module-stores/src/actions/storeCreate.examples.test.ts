import { inputOf, runAction } from '../__testUtils__/runAction';
import { StandInStores } from '../__testUtils__/StandInStores';
import { createStoreCreateAction } from './storeCreate';
import { examples } from './storeCreate.examples';

describe('examples of storeyard:store:create', () => {
  let standIn: StandInStores;
  let action: ReturnType<typeof createStoreCreateAction>;

  beforeEach(async () => {
    standIn = new StandInStores();
    standIn.life = id => standIn.becomeReady(id);
    action = createStoreCreateAction({
      stores: await standIn.start(),
      pagesUrl: 'http://localhost:7007/stores',
    });
  });

  afterEach(() => standIn.stop());

  it.each(examples)('$description', async example => {
    const { outputs } = await runAction(action, inputOf(example));
    const [store] = standIn.stores.values();
    expect(outputs.id).toBe(store?.id);
    const { timeoutMinutes, wait, ...request } = inputOf(example) as Record<
      string,
      unknown
    >;
    expect(store).toMatchObject(request);
  });
});
