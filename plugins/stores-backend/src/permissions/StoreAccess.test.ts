import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import {
  AuthorizeResult,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import {
  storeCreatePermission,
  storeDeletePermission,
  storeReadPermission,
} from '@storeyard/backstage-plugin-stores-common';
import { StoreAccess } from './StoreAccess';
import {
  createStoreConditionalDecision,
  storeConditions,
  storeRules,
} from './storeRules';

const caller = { credentials: mockCredentials.user('user:default/ada') };
const toys = {
  id: 'toys-x7k2p',
  owner: 'group:default/toys',
  engine: 'medusa',
};
const books = { ...toys, id: 'books-a1b2c', owner: 'group:default/books' };

function accessUnder(decision: PolicyDecision) {
  const permissions = mockServices.permissions.mock({
    authorize: async requests =>
      requests.map(() => ({
        result:
          decision.result === AuthorizeResult.ALLOW
            ? AuthorizeResult.ALLOW
            : AuthorizeResult.DENY,
      })),
    authorizeConditional: async requests => requests.map(() => decision),
  });
  return StoreAccess.create({
    permissions,
    permissionsRegistry: registry(),
    getStores: async ids => ids.map(() => undefined),
  });
}

function registry() {
  const rules = Object.values(storeRules);
  const registered = mockServices.permissionsRegistry.mock();
  registered.getPermissionRuleset.mockReturnValue({
    getRuleByName: (name: string) => rules.find(rule => rule.name === name),
  } as never);
  return registered;
}

const ownersOnly = createStoreConditionalDecision(
  storeDeletePermission,
  storeConditions.isOwner({ claims: ['group:default/toys'] }),
);

describe('StoreAccess', () => {
  it('judges the store at hand by the conditions of the policy', async () => {
    const access = accessUnder(ownersOnly);
    await access.require(caller, storeDeletePermission, toys);
    await expect(
      access.require(caller, storeDeletePermission, books),
    ).rejects.toThrow(
      "the permission 'stores.store.delete' is wanted for store 'books-a1b2c'",
    );
    const may = await access.judge(caller, storeDeletePermission);
    expect([toys, books].map(may)).toEqual([true, false]);
  });

  it('lets who has a permission for some stores ask without one at hand', async () => {
    await accessUnder(ownersOnly).require(caller, storeDeletePermission);
    await expect(
      accessUnder({ result: AuthorizeResult.DENY }).require(
        caller,
        storeDeletePermission,
      ),
    ).rejects.toThrow(/'stores.store.delete' is wanted$/);
  });

  it('asks for the right to create without a store', async () => {
    await accessUnder({ result: AuthorizeResult.ALLOW }).require(
      caller,
      storeCreatePermission,
    );
    await expect(
      accessUnder({ result: AuthorizeResult.DENY }).require(
        caller,
        storeCreatePermission,
      ),
    ).rejects.toThrow("'stores.store.create' is wanted");
  });

  it('turns what is visible into a filter of the database', async () => {
    expect(
      await accessUnder({ result: AuthorizeResult.ALLOW }).visible(
        caller,
        storeReadPermission,
      ),
    ).toBeUndefined();
    expect(
      await accessUnder({ result: AuthorizeResult.DENY }).visible(
        caller,
        storeReadPermission,
      ),
    ).toEqual({ owners: [] });
    const decision = createStoreConditionalDecision(storeReadPermission, {
      anyOf: [
        storeConditions.isOwner({ claims: ['group:default/toys'] }),
        { not: storeConditions.hasEngine({ engines: ['medusa'] }) },
      ],
    });
    expect(
      await accessUnder(decision).visible(caller, storeReadPermission),
    ).toEqual({
      anyOf: [
        { owners: ['group:default/toys'] },
        { not: { engines: ['medusa'] } },
      ],
    });
  });
});
