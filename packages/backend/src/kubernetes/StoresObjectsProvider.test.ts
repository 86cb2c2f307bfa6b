import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { StoresObjectsProvider } from './StoresObjectsProvider';

const credentials = mockCredentials.user();

function entityOf(annotations: Record<string, string>): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name: 'demo-ab12c', annotations },
  };
}

const store = entityOf({ 'storeyard.dev/store-id': 'demo-ab12c' });

function createProvider(result: AuthorizeResult.ALLOW | AuthorizeResult.DENY) {
  const authorize = jest.fn().mockResolvedValue([{ result }]);
  const found = { items: [] };
  const provider = StoresObjectsProvider.create({
    objects: {
      getKubernetesObjectsByEntity: async () => found,
      getCustomResourcesByEntity: async () => found,
    },
    permissions: mockServices.permissions.mock({ authorize }),
  });
  return { authorize, found, provider };
}

describe('StoresObjectsProvider', () => {
  it('shows what runs in a store to who may read its logs', async () => {
    const { authorize, found, provider } = createProvider(
      AuthorizeResult.ALLOW,
    );

    await expect(
      provider.getKubernetesObjectsByEntity(
        { entity: store, auth: {} },
        { credentials },
      ),
    ).resolves.toBe(found);
    const [[request], options] = authorize.mock.calls[0];
    expect(request.permission.name).toBe('stores.store.logs.read');
    expect(request.resourceRef).toBe('demo-ab12c');
    expect(options).toEqual({ credentials });
  });

  it('refuses everybody else, and says who may', async () => {
    const { provider } = createProvider(AuthorizeResult.DENY);

    await expect(
      provider.getKubernetesObjectsByEntity(
        { entity: store, auth: {} },
        { credentials },
      ),
    ).rejects.toThrow(
      "What runs in the store 'demo-ab12c' is shown to its owner and to platform admins",
    );
  });

  it('shows nothing of what is no store', async () => {
    const { provider } = createProvider(AuthorizeResult.ALLOW);

    await expect(
      provider.getKubernetesObjectsByEntity(
        {
          entity: entityOf({
            'backstage.io/kubernetes-namespace': 'kube-system',
          }),
          auth: {},
        },
        { credentials },
      ),
    ).rejects.toThrow("has the annotation 'storeyard.dev/store-id'");
  });

  it('lets nobody choose kinds, such as Secrets', async () => {
    const { provider } = createProvider(AuthorizeResult.ALLOW);

    await expect(provider.getCustomResourcesByEntity()).rejects.toThrow(
      'are not shown',
    );
  });
});
