import { createBackendModule } from '@backstage/backend-plugin-api';
import {
  mockServices,
  startTestBackend,
  type TestBackend,
} from '@backstage/backend-test-utils';
import { storeEnginesExtensionPoint } from '@storeyard/backstage-plugin-stores-node';
import request from 'supertest';
import { MedusaEngine } from './engines';
import { kioskEngine } from './engines/__testUtils__/kioskEngine';
import { storesPlugin } from './plugin';

jest.setTimeout(60_000);

describe('engines of modules', () => {
  let backend: TestBackend | undefined;

  afterEach(() => backend?.stop());

  async function start(...engines: (typeof kioskEngine)[]) {
    backend = await startTestBackend({
      features: [
        storesPlugin,
        createBackendModule({
          pluginId: 'stores',
          moduleId: 'test-engines',
          register(env) {
            env.registerInit({
              deps: { registry: storeEnginesExtensionPoint },
              async init({ registry }) {
                engines.forEach(engine => registry.addEngine(engine));
              },
            });
          },
        }),
        mockServices.rootConfig.factory({
          data: {
            stores: {
              secretKey: 'k'.repeat(32),
              cluster: { kubeconfig: '/nowhere/kubeconfig' },
              notifications: { enabled: false },
              plans: { small: { description: 'For small shops', values: {} } },
            },
          },
        }),
      ],
    });
    return backend.server;
  }

  it('takes stores of the engine that a module registered', async () => {
    const server = await start(kioskEngine);
    const { body, status } = await request(server)
      .post('/api/stores')
      .send({
        name: 'Corner',
        engine: 'kiosk',
        parameters: { greeting: 'Good morning' },
      });
    expect([status, body]).toEqual([
      201,
      expect.objectContaining({
        engine: 'kiosk',
        parameters: { greeting: 'Good morning' },
        urls: expect.objectContaining({
          admin: expect.stringMatching(/\/till$/),
        }),
      }),
    ]);
  });

  it.each([
    [{ greeting: 1 }, "'parameters.greeting'"],
    [{ greeting: 'Hello', currency: 'eur' }, "'parameters.greeting'"],
  ])('judges parameters %j by its rules', async (parameters, field) => {
    const server = await start(kioskEngine);
    const { body, status } = await request(server)
      .post('/api/stores')
      .send({ name: 'Corner', engine: 'kiosk', parameters });
    expect(status).toBe(400);
    expect(body.error.message).toContain(field);
  });

  it('names the engines that there are when another is asked for', async () => {
    const server = await start(kioskEngine);
    const { body, status } = await request(server)
      .post('/api/stores')
      .send({ name: 'Corner', engine: 'bazaar' });
    expect(status).toBe(400);
    expect(body.error.message).toContain("one of 'kiosk', 'medusa'");
  });

  it('refuses to start with two engines of one name', async () => {
    await expect(start(MedusaEngine.create())).rejects.toThrow(
      "The engine 'medusa' is registered already",
    );
  });
});
