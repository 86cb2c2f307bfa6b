import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createBackendPlugin } from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import type { StoresService } from './StoresService';
import { DefaultStoresService } from './DefaultStoresService';
import { storesServiceRef } from './storesServiceRef';

describe('storesServiceRef', () => {
  let server: Server;
  let requests: IncomingMessage[];

  beforeEach(async () => {
    requests = [];
    server = createServer((request, response) => {
      requests.push(request);
      response.setHeader('Content-Type', 'application/json');
      response.end('{"id":"toys-x7k2p","state":"DELETING"}');
    });
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  });

  afterEach(() => new Promise(resolve => server.close(resolve)));

  it('calls the plugin in the name of the credentials that it is given', async () => {
    const { port } = server.address() as AddressInfo;
    const service = DefaultStoresService.create({
      auth: mockServices.auth({ pluginId: 'cleaner' }),
      discovery: mockServices.discovery.mock({
        getBaseUrl: async id => `http://127.0.0.1:${port}/api/${id}`,
      }),
    });
    const credentials = mockCredentials.user('user:default/ada');
    const store = await service
      .clientFor(credentials)
      .deleteStore('toys-x7k2p');
    expect(store.state).toBe('DELETING');
    const [request] = requests;
    expect([request!.method, request!.url]).toEqual([
      'DELETE',
      '/api/stores/toys-x7k2p',
    ]);
    expect(request!.headers.authorization).toBe(
      mockCredentials.service.header({
        onBehalfOf: credentials,
        targetPluginId: 'stores',
      }),
    );
  });

  it('is there for every plugin that asks for it', async () => {
    let stores: StoresService | undefined;
    await startTestBackend({
      features: [
        createBackendPlugin({
          pluginId: 'cleaner',
          register(env) {
            env.registerInit({
              deps: { service: storesServiceRef },
              async init({ service }) {
                stores = service;
              },
            });
          },
        }),
      ],
    });
    const client = stores!.clientFor(mockCredentials.user());
    // There is no stores plugin in this backend.
    await expect(client.getStore('toys-x7k2p')).rejects.toThrow('404');
  });
});
