import type {
  Store,
  StoreCredentials,
  StorePage,
} from '@storeyard/backstage-plugin-stores-common';
import { PortalApi } from './testbed/PortalApi';
import { buy } from './testbed/shop';
import { signInAsGuest } from './testbed/signInAsGuest';
import { StoresApi } from './testbed/StoresApi';
import { Testbed } from './testbed/Testbed';
import { waitFor } from './testbed/waitFor';

jest.setTimeout(300_000);

const template = 'template:default/medusa-store';
const owner = 'group:default/shop-team';

/** What the form sends; only what has no default is filled in. */
function formOf(name: string): object {
  return {
    name,
    owner,
    plan: 'small',
    currency: 'usd',
    countries: ['us'],
    demoProducts: true,
  };
}

describe('a shop from a template, on the native cluster', () => {
  let testbed: Testbed;
  let portal: PortalApi;
  let stores: StoresApi;
  let store: Store;

  beforeAll(async () => {
    testbed = await Testbed.start();
    await signIn();
    await waitFor({ what: 'the template is in the catalog' }, async () =>
      (await portal.entities('kind=template,metadata.name=medusa-store')).at(0),
    );
  }, 600_000);

  afterAll(async () => {
    await testbed?.stop();
  }, 180_000);

  async function signIn(): Promise<void> {
    const { baseUrl } = testbed.portal;
    const token = await signInAsGuest(testbed);
    portal = PortalApi.create({ baseUrl, token });
    stores = StoresApi.create({ baseUrl, token });
  }

  /** The stores of a name that there are, whatever became of them. */
  async function named(name: string): Promise<Store[]> {
    const { body } = await stores.request<StorePage>(
      'GET',
      `?q=${encodeURIComponent(name)}`,
    );
    return body.items.filter(each => each.name === name);
  }

  async function entitiesOf(id: string): Promise<string[]> {
    const found = await portal.entities(
      `metadata.annotations.storeyard.dev/store-id=${id}`,
    );
    return found.map(({ metadata }) => metadata.name).sort();
  }

  it('is ordered by the form, told of in the log, and sells when the task ends', async () => {
    const begun = performance.now();
    const taskId = await portal.startTask(template, formOf('Form Shop'));
    store = await waitFor({ what: 'the store is ordered' }, async () =>
      (await named('Form Shop')).at(0),
    );
    await waitFor(
      { what: 'the store is in the catalog' },
      async () => (await entitiesOf(store.id)).length === 2,
    );
    console.log(
      `In the catalog ${Math.round(
        performance.now() - begun,
      )} ms after the task was asked for`,
    );

    expect(await portal.taskEnd(taskId)).toBe('completed');
    console.log(
      `The task ended after ${Math.round(performance.now() - begun)} ms`,
    );
    store = await stores.get(store.id);
    expect(store).toMatchObject({
      state: 'READY',
      owner,
      createdBy: 'user:default/guest',
      parameters: { currency: 'usd', countries: ['us'] },
    });

    const log = await portal.taskEvents(taskId);
    const lines = log.map(({ body }) => body.message);
    const events = await stores.events(store.id);
    const story = events.slice(
      0,
      events.findIndex(({ type }) => type === 'ready') + 1,
    );
    const told = story.map(({ message }) =>
      lines.findIndex(line => line.includes(message)),
    );
    expect(story.length).toBeGreaterThan(5);
    expect(told).not.toContain(-1);
    expect(told).toEqual([...told].sort((one, other) => one - other));
    const { body: login } = await stores.request<StoreCredentials>(
      'GET',
      `/${store.id}/credentials`,
    );
    expect(login.password.length).toBeGreaterThan(8);
    expect(JSON.stringify(log)).not.toContain(login.password);

    const urls = log
      .at(-1)
      ?.body.output?.links?.map(({ url, entityRef }) => url ?? entityRef);
    expect(urls).toEqual([
      store.urls.storefront,
      store.urls.admin,
      `${testbed.portal.baseUrl}/stores/${store.id}`,
      `component:default/${store.id}`,
    ]);
    expect(await buy(testbed, store)).toMatch(/^order_/);
  });

  it('stands in the catalog with its owner and its database', async () => {
    const [shop] = await portal.entities(
      `kind=component,metadata.name=${store.id}`,
    );
    expect(shop).toMatchObject({
      metadata: { title: 'Form Shop' },
      relations: expect.arrayContaining([
        {
          type: 'dependsOn',
          targetRef: `resource:default/${store.id}-postgres`,
        },
        { type: 'ownedBy', targetRef: owner },
      ]),
    });
  });

  it('leaves the catalog when it is deleted', async () => {
    await stores.request('DELETE', `/${store.id}`);
    await stores.reaches(store.id, 'DELETED');
    const begun = performance.now();
    await waitFor(
      { what: 'the entities are gone' },
      async () => (await entitiesOf(store.id)).length === 0,
    );
    console.log(
      `Out of the catalog ${Math.round(performance.now() - begun)} ms later`,
    );
  });

  it('is ordered once, though the portal is killed while its task runs', async () => {
    const taskId = await portal.startTask(template, formOf('Crash Shop'));
    await waitFor({ what: 'the store is ordered' }, async () =>
      (await named('Crash Shop')).at(0),
    );
    await testbed.killPortal();
    await testbed.restartPortal();
    await signIn();
    // Another process takes a task over once its own hasn't been heard of for a while.
    expect(await portal.taskEnd(taskId)).toBe('completed');
    const found = await named('Crash Shop');
    expect(found.map(({ state }) => state)).toEqual(['READY']);
  });
});
