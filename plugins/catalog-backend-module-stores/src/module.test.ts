import { isDeepStrictEqual } from 'node:util';
import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import catalogPlugin from '@backstage/plugin-catalog-backend';
import {
  catalogServiceRef,
  type CatalogService,
} from '@backstage/plugin-catalog-node';
import {
  type EventsService,
  eventsServiceFactory,
  eventsServiceRef,
} from '@backstage/plugin-events-node';
import { StandInStores } from './__testUtils__/StandInStores';
import catalogModuleStores from '.';

jest.setTimeout(60_000);

describe('catalogModuleStores', () => {
  it('has the real catalog show a store from its request to its end', async () => {
    const stores = new StandInStores();
    stores.set('early-00000', { name: 'Early' });
    let events: EventsService | undefined;
    let catalog: CatalogService | undefined;
    const auth = mockServices.auth();
    const backend = await startTestBackend({
      features: [
        catalogPlugin,
        catalogModuleStores,
        // The stand-in of tests tells no other plugin.
        eventsServiceFactory,
        createBackendPlugin({
          pluginId: 'stores',
          register(env) {
            env.registerInit({
              deps: {
                catalogService: catalogServiceRef,
                eventsService: eventsServiceRef,
                http: coreServices.httpRouter,
              },
              async init({ catalogService, eventsService, http }) {
                catalog = catalogService;
                events = eventsService;
                http.use(stores.router());
              },
            });
          },
        }),
        mockServices.rootConfig.factory({
          data: {
            app: { baseUrl: 'http://localhost:7007' },
            events: { useEventBus: 'never' },
            catalog: { processingInterval: { seconds: 1 } },
          },
        }),
      ],
    });
    const shown = async () => {
      const { items } = await catalog!.getEntities(
        { filter: { 'metadata.annotations.storeyard.dev/store-id': [] } },
        { credentials: await auth.getOwnServiceCredentials() },
      );
      return items
        .map(({ kind, metadata }) => `${kind} ${metadata.name}`)
        .sort();
    };
    const showing = async (expected: string[]) => {
      const deadline = Date.now() + 50_000;
      let found = await shown();
      while (!isDeepStrictEqual(found, expected) && Date.now() < deadline) {
        await new Promise(resolve => setTimeout(resolve, 50));
        found = await shown();
      }
      expect(found).toEqual(expected);
    };
    const early = ['Component early-00000', 'Resource early-00000-postgres'];

    await showing(early);
    stores.set('late-00000');
    await events!.publish({
      topic: 'stores',
      eventPayload: { storeId: 'late-00000' },
    });
    await showing([
      'Component early-00000',
      'Component late-00000',
      'Resource early-00000-postgres',
      'Resource late-00000-postgres',
    ]);
    const shop = await catalog!.getEntityByRef('component:default/late-00000', {
      credentials: await auth.getOwnServiceCredentials(),
    });
    expect(shop).toMatchObject({
      metadata: { title: 'Shop late-00000' },
      spec: { type: 'medusa-store' },
      relations: expect.arrayContaining([
        {
          type: 'dependsOn',
          targetRef: 'resource:default/late-00000-postgres',
        },
        { type: 'ownedBy', targetRef: 'group:default/toys' },
      ]),
    });

    stores.setState('late-00000', 'DELETED');
    await events!.publish({
      topic: 'stores',
      eventPayload: { storeId: 'late-00000' },
    });
    await showing(early);
    await backend.stop();
  });
});
