import {
  ANNOTATION_LOCATION,
  ANNOTATION_ORIGIN_LOCATION,
  type ComponentEntity,
  type ResourceEntity,
} from '@backstage/catalog-model';
import {
  STORE_ID_ANNOTATION,
  type Store,
  storeEntityRef,
} from '@storeyard/backstage-plugin-stores-common';

/** What of a store its entities tell. */
export type StoreOfEntities = Pick<
  Store,
  | 'engine'
  | 'id'
  | 'name'
  | 'namespace'
  | 'owner'
  | 'plan'
  | 'readyAt'
  | 'state'
  | 'urls'
>;

/** Options of {@link toStoreEntities}. */
export interface ToStoreEntitiesOptions {
  /** Address of the list of stores in the portal. */
  pagesUrl: string;
}

/** A store as the catalog shows it: the shop, and the database that it depends on. */
export function toStoreEntities(
  store: StoreOfEntities,
  options: ToStoreEntitiesOptions,
): [shop: ComponentEntity, database: ResourceEntity] {
  const { engine, id, name, owner, plan, urls } = store;
  const page = `${options.pagesUrl}/${id}`;
  const annotations = {
    // An address that a person can open: the catalog shows it as the entity's source.
    [ANNOTATION_LOCATION]: `url:${page}`,
    [ANNOTATION_ORIGIN_LOCATION]: `url:${page}`,
    [STORE_ID_ANNOTATION]: id,
    'backstage.io/kubernetes-namespace': store.namespace,
  };
  const selector = `${STORE_ID_ANNOTATION}=${id}`;
  const databaseName = storeDatabaseName(id);
  return [
    {
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Component',
      metadata: {
        namespace: 'default',
        name: id,
        title: name,
        description: `A ${engine} store of the plan '${plan}'`,
        annotations: {
          ...annotations,
          'backstage.io/kubernetes-label-selector': selector,
        },
        links: [
          { url: urls.storefront, title: 'Storefront', icon: 'web' },
          { url: urls.admin, title: 'Admin', icon: 'dashboard' },
          { url: page, title: 'State and timeline', icon: 'timeline' },
        ],
      },
      spec: {
        type: `${engine}-store`,
        lifecycle: lifecycleOf(store),
        owner,
        dependsOn: [`resource:default/${databaseName}`],
      },
    },
    {
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Resource',
      metadata: {
        namespace: 'default',
        name: databaseName,
        title: `Database of ${name}`,
        description: `The PostgreSQL of the store '${name}'`,
        annotations: {
          ...annotations,
          'backstage.io/kubernetes-label-selector': `${selector},app.kubernetes.io/component=database`,
        },
      },
      spec: { type: 'database', owner },
    },
  ];
}

/** Refs of all entities of a store, for when there is nothing left but its id. */
export function storeEntityRefs(id: string): string[] {
  return [storeEntityRef(id), `resource:default/${storeDatabaseName(id)}`];
}

function storeDatabaseName(id: string): string {
  return `${id}-postgres`;
}

/** `experimental` until shoppers could use it for the first time, `deprecated` once it is being deleted. */
function lifecycleOf({
  readyAt,
  state,
}: Pick<Store, 'readyAt' | 'state'>): string {
  if (state === 'DELETING') {
    return 'deprecated';
  }
  const everReady =
    readyAt !== undefined || state === 'READY' || state === 'DEGRADED';
  return everReady ? 'production' : 'experimental';
}
