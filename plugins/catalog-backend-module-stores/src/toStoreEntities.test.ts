import {
  componentEntityV1alpha1Validator,
  entityEnvelopeSchemaValidator,
  type Entity,
  resourceEntityV1alpha1Validator,
} from '@backstage/catalog-model';
import { newStore } from './__testUtils__/StandInStores';
import { storeEntityRefs, toStoreEntities } from './toStoreEntities';

const options = { pagesUrl: 'http://localhost:7007/stores' };

describe('toStoreEntities', () => {
  const store = newStore('toys-x7k2p', { name: 'Toys & Games' });
  const [shop, database] = toStoreEntities(store, options);

  it('shows the shop as a component with its links and owner', () => {
    expect(shop).toEqual({
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Component',
      metadata: {
        namespace: 'default',
        name: 'toys-x7k2p',
        title: 'Toys & Games',
        description: "A medusa store of the plan 'small'",
        annotations: {
          'backstage.io/managed-by-location':
            'url:http://localhost:7007/stores/toys-x7k2p',
          'backstage.io/managed-by-origin-location':
            'url:http://localhost:7007/stores/toys-x7k2p',
          'storeyard.dev/store-id': 'toys-x7k2p',
          'backstage.io/kubernetes-namespace': 'store-toys-x7k2p',
          'backstage.io/kubernetes-label-selector':
            'storeyard.dev/store-id=toys-x7k2p',
        },
        links: [
          {
            url: 'http://toys-x7k2p.localhost:8080',
            title: 'Storefront',
            icon: 'web',
          },
          {
            url: 'http://toys-x7k2p.localhost:8080/app',
            title: 'Admin',
            icon: 'dashboard',
          },
          {
            url: 'http://localhost:7007/stores/toys-x7k2p',
            title: 'State and timeline',
            icon: 'timeline',
          },
        ],
      },
      spec: {
        type: 'medusa-store',
        lifecycle: 'experimental',
        owner: 'group:default/toys',
        dependsOn: ['resource:default/toys-x7k2p-postgres'],
      },
    });
  });

  it('shows the database that the shop depends on, under the same annotations', () => {
    expect(database.spec).toEqual({
      type: 'database',
      owner: 'group:default/toys',
    });
    expect(shop.spec.dependsOn).toEqual([
      `resource:default/${database.metadata.name}`,
    ]);
    expect(database.metadata.annotations).toMatchObject({
      'storeyard.dev/store-id': 'toys-x7k2p',
      'backstage.io/kubernetes-label-selector':
        'storeyard.dev/store-id=toys-x7k2p,app.kubernetes.io/component=database',
    });
  });

  it('names the entities as they are removed by', () => {
    expect(storeEntityRefs(store.id)).toEqual(
      [shop, database].map(
        ({ kind, metadata }) =>
          `${kind.toLowerCase()}:${metadata.namespace}/${metadata.name}`,
      ),
    );
  });

  it.each([
    [newStore('a-00000'), 'experimental'],
    [newStore('a-00000', { state: 'PROVISIONING' }), 'experimental'],
    [newStore('a-00000', { state: 'FAILED' }), 'experimental'],
    [newStore('a-00000', { state: 'READY' }), 'production'],
    [newStore('a-00000', { state: 'DEGRADED' }), 'production'],
    [
      newStore('a-00000', {
        state: 'FAILED',
        readyAt: '2026-01-02T03:04:05.678Z',
      }),
      'production',
    ],
    [
      newStore('a-00000', {
        state: 'DELETING',
        readyAt: '2026-01-02T03:04:05.678Z',
      }),
      'deprecated',
    ],
  ])('gives %j the lifecycle %s', (each, lifecycle) => {
    expect(toStoreEntities(each, options)[0].spec.lifecycle).toBe(lifecycle);
  });

  it('is what the catalog accepts, with the longest id and name', async () => {
    const validate = entityEnvelopeSchemaValidator();
    const entities: Entity[] = toStoreEntities(
      newStore('a'.repeat(40), { name: 'ß'.repeat(60) }),
      options,
    );
    for (const entity of entities) {
      validate(entity);
      expect(entity.metadata.name.length).toBeLessThanOrEqual(63);
    }
    expect(await componentEntityV1alpha1Validator.check(entities[0]!)).toBe(
      true,
    );
    expect(await resourceEntityV1alpha1Validator.check(entities[1]!)).toBe(
      true,
    );
  });
});
