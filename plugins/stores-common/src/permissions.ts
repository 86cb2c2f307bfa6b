import { createPermission } from '@backstage/plugin-permission-common';

/** Permission to ask for a store. */
export const storeCreatePermission = createPermission({
  name: 'stores.store.create',
  attributes: { action: 'create' },
});

/** Permission to see stores and their events. */
export const storeReadPermission = createPermission({
  name: 'stores.store.read',
  attributes: { action: 'read' },
});

/** Permission to delete a store. */
export const storeDeletePermission = createPermission({
  name: 'stores.store.delete',
  attributes: { action: 'delete' },
});

/** All permissions that the plugin asks for. */
export const storePermissions = [
  storeCreatePermission,
  storeReadPermission,
  storeDeletePermission,
];
