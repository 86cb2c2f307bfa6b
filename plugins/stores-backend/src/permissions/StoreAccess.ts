import type {
  BackstageCredentials,
  PermissionsRegistryService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import {
  AuthorizeResult,
  isPermission,
  type BasicPermission,
  type PolicyDecision,
  type ResourcePermission,
} from '@backstage/plugin-permission-common';
import {
  createConditionAuthorizer,
  createConditionTransformer,
  type ConditionTransformer,
} from '@backstage/plugin-permission-node';
import {
  storeCreatePermission,
  storeResourcePermissions,
  type storeResourceType,
} from '@storeyard/backstage-plugin-stores-common';
import {
  noStores,
  type StoreFilter,
  type StoreFilterLeaf,
} from './StoreFilter';
import { storeResourceRef, storeRules, type AccessedStore } from './storeRules';

/** Whose rights are asked for. */
export interface AccessCaller {
  credentials: BackstageCredentials;
}

/** A permission that is judged by the store at hand. */
export type StorePermission = ResourcePermission<typeof storeResourceType>;

/** Options of {@link StoreAccess.create}. */
export interface StoreAccessOptions {
  permissions: PermissionsService;
  permissionsRegistry: PermissionsRegistryService;
  /** Finds the stores with these ids, for decisions that others ask for; undefined where there is none. */
  getStores(ids: string[]): Promise<(AccessedStore | undefined)[]>;
}

/**
 * What a caller may do with stores. Conditions of the policy are applied
 * here, to the record that is at hand or as a filter of the database.
 */
export class StoreAccess {
  /** Registers the plugin's permissions and rules with Backstage, once a process. */
  static create(options: StoreAccessOptions): StoreAccess {
    const { permissions, permissionsRegistry, getStores } = options;
    permissionsRegistry.addPermissions([storeCreatePermission]);
    permissionsRegistry.addResourceType({
      resourceRef: storeResourceRef,
      permissions: storeResourcePermissions,
      rules: Object.values(storeRules),
      getResources: getStores,
    });
    // Not our rules alone: a module may have added some.
    const ruleset = permissionsRegistry.getPermissionRuleset(storeResourceRef);
    return new StoreAccess(
      permissions,
      createConditionAuthorizer(ruleset),
      createConditionTransformer(ruleset),
    );
  }

  private constructor(
    private readonly permissions: PermissionsService,
    private readonly judgeDecision: (
      decision: PolicyDecision,
      store: AccessedStore | undefined,
    ) => boolean,
    private readonly toFilter: ConditionTransformer<StoreFilterLeaf>,
  ) {}

  /**
   * Makes sure that a caller may do something with a store. Without a store a resource permission is granted when the
   * caller has it for any store at all.
   *
   * @throws NotAllowedError that names the permission when the caller lacks it
   */
  async require(
    caller: AccessCaller,
    permission: BasicPermission | StorePermission,
    store?: AccessedStore,
  ): Promise<void> {
    const decision = await this.decide(caller, permission);
    const allowed =
      store === undefined
        ? decision.result !== AuthorizeResult.DENY
        : this.judgeDecision(decision, store);
    if (!allowed) {
      throw new NotAllowedError(
        store === undefined
          ? `the permission '${permission.name}' is wanted`
          : `the permission '${permission.name}' is wanted for store '${store.id}'`,
      );
    }
  }

  /** Tells, for one store after the other, whether the caller has a permission for it. */
  async judge(
    caller: AccessCaller,
    permission: StorePermission,
  ): Promise<(store: AccessedStore) => boolean> {
    const decision = await this.decide(caller, permission);
    return store => this.judgeDecision(decision, store);
  }

  /** The stores that the caller has a permission for; undefined means all of them. */
  async visible(
    caller: AccessCaller,
    permission: StorePermission,
  ): Promise<StoreFilter | undefined> {
    const decision = await this.decide(caller, permission);
    switch (decision.result) {
      case AuthorizeResult.ALLOW:
        return undefined;
      case AuthorizeResult.CONDITIONAL:
        return this.toFilter(decision.conditions);
      default:
        return noStores;
    }
  }

  private async decide(
    { credentials }: AccessCaller,
    permission: BasicPermission | StorePermission,
  ): Promise<PolicyDecision> {
    const [decision] = isPermission(permission, storeCreatePermission)
      ? await this.permissions.authorize([{ permission }], { credentials })
      : await this.permissions.authorizeConditional([{ permission }], {
          credentials,
        });
    return decision ?? { result: AuthorizeResult.DENY };
  }
}
