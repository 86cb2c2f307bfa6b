import { mockCredentials } from '@backstage/backend-test-utils';
import { catalogPermissions } from '@backstage/plugin-catalog-common/alpha';
import {
  AuthorizeResult,
  createPermission,
  type Permission,
} from '@backstage/plugin-permission-common';
import { scaffolderPermissions } from '@backstage/plugin-scaffolder-common/alpha';
import { storePermissions } from '@storeyard/backstage-plugin-stores-common';
import { StoreyardPolicy } from './StoreyardPolicy';

const policy = StoreyardPolicy.create({
  platformAdmins: ['group:default/platform'],
});

function user(name: string, groups: string[]) {
  const userEntityRef = `user:default/${name}`;
  return {
    credentials: mockCredentials.user(userEntityRef),
    info: {
      userEntityRef,
      ownershipEntityRefs: [
        userEntityRef,
        ...groups.map(group => `group:default/${group}`),
      ],
    },
    // Deprecated, and not read.
    token: '',
    expiresInSeconds: 0,
    identity: { type: 'user' as const, userEntityRef, ownershipEntityRefs: [] },
  };
}

const ada = user('ada', ['toys']);
const admin = user('root', ['platform']);

async function resultsOf(
  permissions: readonly Permission[],
  who?: ReturnType<typeof user>,
): Promise<Record<string, AuthorizeResult>> {
  return Object.fromEntries(
    await Promise.all(
      permissions.map(async permission => [
        permission.name,
        (await policy.handle({ permission }, who)).result,
      ]),
    ),
  );
}

const everything = [
  ...storePermissions,
  ...catalogPermissions,
  ...scaffolderPermissions,
];

describe('StoreyardPolicy', () => {
  it('gives nothing to whoever is not signed in', async () => {
    expect(new Set(Object.values(await resultsOf(everything)))).toEqual(
      new Set([AuthorizeResult.DENY]),
    );
  });

  it('lets all read and ask for stores, and leaves the rest to the owners', async () => {
    expect(await resultsOf(storePermissions, ada)).toEqual({
      'stores.store.create': 'ALLOW',
      'stores.store.read': 'ALLOW',
      'stores.store.update': 'CONDITIONAL',
      'stores.store.delete': 'CONDITIONAL',
      'stores.store.retry': 'CONDITIONAL',
      'stores.store.upgrade': 'CONDITIONAL',
      'stores.store.pause': 'CONDITIONAL',
      'stores.store.logs.read': 'CONDITIONAL',
      'stores.store.credentials.read': 'CONDITIONAL',
    });
    const [remove] = storePermissions.filter(
      ({ name }) => name === 'stores.store.delete',
    );
    expect(await policy.handle({ permission: remove! }, ada)).toMatchObject({
      resourceType: 'stores-store',
      conditions: {
        rule: 'IS_OWNER',
        params: { claims: ['user:default/ada', 'group:default/toys'] },
      },
    });
  });

  it('lets members use the catalog and templates, and see and end their own tasks', async () => {
    expect(await resultsOf(catalogPermissions, ada)).toMatchObject({
      'catalog.entity.read': 'ALLOW',
      'catalog.entity.refresh': 'ALLOW',
      'catalog.entity.delete': 'CONDITIONAL',
      'catalog.location.create': 'DENY',
      'catalog.location.delete': 'DENY',
      'catalog.ingestion.manage': 'DENY',
    });
    expect(await resultsOf(scaffolderPermissions, ada)).toEqual({
      'scaffolder.template.parameter.read': 'ALLOW',
      'scaffolder.template.step.read': 'ALLOW',
      'scaffolder.action.execute': 'ALLOW',
      'scaffolder.task.create': 'ALLOW',
      'scaffolder.task.read': 'CONDITIONAL',
      'scaffolder.task.cancel': 'CONDITIONAL',
      'scaffolder.template.dry-run': 'DENY',
      'scaffolder.template.management': 'DENY',
    });
  });

  it("opens everything to the platform's admins but the deletion of a store's entity", async () => {
    const { 'catalog.entity.delete': deletion, ...others } = await resultsOf(
      everything,
      admin,
    );
    expect(new Set(Object.values(others))).toEqual(
      new Set([AuthorizeResult.ALLOW]),
    );
    expect(deletion).toBe(AuthorizeResult.CONDITIONAL);
    const permission = catalogPermissions.find(
      ({ name }) => name === 'catalog.entity.delete',
    )!;
    expect(await policy.handle({ permission }, admin)).toMatchObject({
      conditions: {
        not: {
          rule: 'HAS_ANNOTATION',
          params: { annotation: 'storeyard.dev/store-id' },
        },
      },
    });
  });

  it('takes what it does not know for open to read, and for the admins to change', async () => {
    const read = createPermission({
      name: 'other.thing.read',
      attributes: { action: 'read' },
    });
    const use = createPermission({ name: 'kubernetes.proxy', attributes: {} });
    expect(await resultsOf([read, use], ada)).toEqual({
      'other.thing.read': 'ALLOW',
      'kubernetes.proxy': 'DENY',
    });
    expect(await resultsOf([read, use], admin)).toEqual({
      'other.thing.read': 'ALLOW',
      'kubernetes.proxy': 'ALLOW',
    });
  });
});
