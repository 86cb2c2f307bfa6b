import { createPermission } from '@backstage/plugin-permission-common';

/**
 * The resource type that all permissions hang on but the one to ask for a store.
 *
 * @public
 */
export const storeResourceType = 'stores-store';

/**
 * Permission to ask for a store. Basic, for there is no store yet to judge by.
 *
 * @public
 */
export const storeCreatePermission = createPermission({
  name: 'stores.store.create',
  attributes: { action: 'create' },
});

/**
 * Permission to see a store's name, state and address.
 *
 * @public
 */
export const storeReadPermission = createPermission({
  name: 'stores.store.read',
  attributes: { action: 'read' },
  resourceType: storeResourceType,
});

/**
 * Permission to change a store's owner and protection.
 *
 * @public
 */
export const storeUpdatePermission = createPermission({
  name: 'stores.store.update',
  attributes: { action: 'update' },
  resourceType: storeResourceType,
});

/**
 * Permission to delete a store.
 *
 * @public
 */
export const storeDeletePermission = createPermission({
  name: 'stores.store.delete',
  attributes: { action: 'delete' },
  resourceType: storeResourceType,
});

/**
 * Permission to have a store tried again, also where its data is lost.
 *
 * @public
 */
export const storeRetryPermission = createPermission({
  name: 'stores.store.retry',
  attributes: { action: 'update' },
  resourceType: storeResourceType,
});

/**
 * Permission to bring a store to another plan, other parameters or today's chart.
 *
 * @public
 */
export const storeUpgradePermission = createPermission({
  name: 'stores.store.upgrade',
  attributes: { action: 'update' },
  resourceType: storeResourceType,
});

/**
 * Permission to keep the loop's hands off a store for a while.
 *
 * @public
 */
export const storePausePermission = createPermission({
  name: 'stores.store.pause',
  attributes: { action: 'update' },
  resourceType: storeResourceType,
});

/**
 * Permission to read what a store's workloads log, and the details of its events.
 *
 * @public
 */
export const storeLogsReadPermission = createPermission({
  name: 'stores.store.logs.read',
  attributes: { action: 'read' },
  resourceType: storeResourceType,
});

/**
 * Permission to read the first login of a store's administrator.
 *
 * @public
 */
export const storeCredentialsReadPermission = createPermission({
  name: 'stores.store.credentials.read',
  attributes: { action: 'read' },
  resourceType: storeResourceType,
});

/**
 * The permissions that are judged by the store at hand.
 *
 * @public
 */
export const storeResourcePermissions = [
  storeReadPermission,
  storeUpdatePermission,
  storeDeletePermission,
  storeRetryPermission,
  storeUpgradePermission,
  storePausePermission,
  storeLogsReadPermission,
  storeCredentialsReadPermission,
];

/**
 * All permissions that the plugin asks for.
 *
 * @public
 */
export const storePermissions = [
  storeCreatePermission,
  ...storeResourcePermissions,
];
