import { isResourcePermission } from '@backstage/plugin-permission-common';
import { storePermissions, storeResourcePermissions } from './permissions';

describe('storePermissions', () => {
  it('are known to policies by these names and actions', () => {
    expect(
      storePermissions.map(({ name, attributes }) => [name, attributes.action]),
    ).toEqual([
      ['stores.store.create', 'create'],
      ['stores.store.read', 'read'],
      ['stores.store.update', 'update'],
      ['stores.store.delete', 'delete'],
      ['stores.store.retry', 'update'],
      ['stores.store.upgrade', 'update'],
      ['stores.store.pause', 'update'],
      ['stores.store.logs.read', 'read'],
      ['stores.store.credentials.read', 'read'],
    ]);
  });

  it('hang on a store, but for the one to ask for it', () => {
    expect(
      storePermissions.filter(permission =>
        isResourcePermission(permission, 'stores-store'),
      ),
    ).toEqual(storeResourcePermissions);
    expect(
      storePermissions
        .filter(permission => !isResourcePermission(permission))
        .map(({ name }) => name),
    ).toEqual(['stores.store.create']);
  });
});
