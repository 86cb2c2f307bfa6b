import { resolve } from 'node:path';
import {
  mockServices,
  startTestBackend,
  type TestBackend,
} from '@backstage/backend-test-utils';
import { ConfigSources } from '@backstage/config-loader';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import kubernetesPlugin from '@backstage/plugin-kubernetes-backend';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import type { JsonObject } from '@backstage/types';
import request from 'supertest';
import kubernetesModule from '.';

const entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name: 'demo-ab12c',
    annotations: {
      'storeyard.dev/store-id': 'demo-ab12c',
      'backstage.io/kubernetes-namespace': 'store-demo-ab12c',
      'backstage.io/kubernetes-label-selector':
        'storeyard.dev/store-id=demo-ab12c',
    },
  },
};

async function readKubernetesConfig(): Promise<JsonObject> {
  const config = await ConfigSources.toConfig(
    ConfigSources.default({
      argv: ['--config', resolve(__dirname, '../../../../app-config.yaml')],
      env: {},
    }),
  );
  return config.get<JsonObject>('kubernetes');
}

describe('the Kubernetes tab', () => {
  let backend: TestBackend;
  let denied: string[] = [];

  beforeAll(async () => {
    backend = await startTestBackend({
      features: [
        kubernetesPlugin,
        kubernetesModule,
        catalogServiceMock.factory({ entities: [entity] }),
        mockServices.permissions.mock({
          authorize: async requests =>
            requests.map(({ permission: { name } }) => ({
              result: denied.includes(name)
                ? AuthorizeResult.DENY
                : AuthorizeResult.ALLOW,
            })),
        }).factory,
        mockServices.rootConfig.factory({
          data: {
            kubernetes: await readKubernetesConfig(),
            stores: { cluster: { kubeconfig: '/there/is/none' } },
          },
        }),
      ],
    });
  });

  afterAll(() => backend?.stop());

  beforeEach(() => {
    denied = [];
  });

  it('asks for no Secrets', async () => {
    const { objectTypes } = await readKubernetesConfig();
    expect(objectTypes).toContain('pods');
    expect(objectTypes).not.toContain('secrets');
  });

  it('hands nobody objects of kinds that the request names', async () => {
    const { body, status } = await request(backend.server)
      .post('/api/kubernetes/resources/custom/query')
      .send({
        entityRef: 'component:default/demo-ab12c',
        customResources: [{ group: '', apiVersion: 'v1', plural: 'secrets' }],
      });
    expect(status).toBe(403);
    expect(body.error.message).toContain('are not shown');
  });

  it.each(['services/demo-ab12c', 'resources/workloads/query'])(
    'says to who may not read the logs that %s is not theirs',
    async path => {
      denied = ['stores.store.logs.read'];
      const { body, status } = await request(backend.server)
        .post(`/api/kubernetes/${path}`)
        .send({ entity, entityRef: 'component:default/demo-ab12c', auth: {} });
      expect(status).toBe(403);
      expect(body.error.message).toContain("in the store 'demo-ab12c'");
    },
  );

  it('says that the cluster is not there yet', async () => {
    const { text } = await request(backend.server)
      .post('/api/kubernetes/services/demo-ab12c')
      .send({ entity, auth: {} });
    expect(text).toContain('is not there (yet)');
  });
});
