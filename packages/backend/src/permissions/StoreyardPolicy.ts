import {
  catalogConditions,
  createCatalogConditionalDecision,
} from '@backstage/plugin-catalog-backend/alpha';
import {
  catalogEntityDeletePermission,
  catalogEntityRefreshPermission,
  catalogEntityValidatePermission,
} from '@backstage/plugin-catalog-common/alpha';
import {
  AuthorizeResult,
  isPermission,
  isReadPermission,
  isResourcePermission,
  type Permission,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import type {
  PermissionPolicy,
  PolicyQuery,
  PolicyQueryUser,
} from '@backstage/plugin-permission-node';
import {
  createScaffolderTaskConditionalDecision,
  scaffolderTaskConditions,
} from '@backstage/plugin-scaffolder-backend/alpha';
import {
  actionExecutePermission,
  RESOURCE_TYPE_SCAFFOLDER_TASK,
  taskCreatePermission,
} from '@backstage/plugin-scaffolder-common/alpha';
import {
  createStoreConditionalDecision,
  storeConditions,
} from '@storeyard/backstage-plugin-stores-backend';
import {
  STORE_ID_ANNOTATION,
  storeCreatePermission,
  storeReadPermission,
  storeResourceType,
} from '@storeyard/backstage-plugin-stores-common';

const allow: PolicyDecision = { result: AuthorizeResult.ALLOW };
const deny: PolicyDecision = { result: AuthorizeResult.DENY };

/** What everybody who is signed in may do, besides reading. */
const openToAll: Permission[] = [
  storeCreatePermission,
  catalogEntityRefreshPermission,
  catalogEntityValidatePermission,
  actionExecutePermission,
  taskCreatePermission,
];

/** Options of {@link StoreyardPolicy.create}. */
export interface StoreyardPolicyOptions {
  /** Entity refs of the groups and users that may do everything with every store. */
  platformAdmins: readonly string[];
}

/**
 * Who may do what in this portal.
 *
 * Everybody who is signed in reads the catalog and each store's name, state and address. What else there is of a store
 * belongs to its owner and to the platform admins. Whatever no rule here knows is open for reading, and otherwise the
 * platform admins'.
 */
export class StoreyardPolicy implements PermissionPolicy {
  static create(options: StoreyardPolicyOptions): StoreyardPolicy {
    return new StoreyardPolicy(new Set(options.platformAdmins));
  }

  private constructor(private readonly platformAdmins: ReadonlySet<string>) {}

  async handle(
    { permission }: PolicyQuery,
    user?: PolicyQueryUser,
  ): Promise<PolicyDecision> {
    if (user === undefined) {
      return deny;
    }
    const claims = user.info.ownershipEntityRefs;
    const admin = claims.some(claim => this.platformAdmins.has(claim));
    if (isPermission(permission, catalogEntityDeletePermission)) {
      // A store's entity ends with the store, for admins too.
      const isStore = catalogConditions.hasAnnotation({
        annotation: STORE_ID_ANNOTATION,
      });
      return createCatalogConditionalDecision(
        permission,
        admin
          ? { not: isStore }
          : {
              allOf: [
                { not: isStore },
                catalogConditions.isEntityOwner({ claims }),
              ],
            },
      );
    }
    if (
      admin ||
      isPermission(permission, storeReadPermission) ||
      openToAll.some(open => isPermission(permission, open))
    ) {
      return allow;
    }
    if (isResourcePermission(permission, storeResourceType)) {
      return createStoreConditionalDecision(
        permission,
        storeConditions.isOwner({ claims }),
      );
    }
    if (isResourcePermission(permission, RESOURCE_TYPE_SCAFFOLDER_TASK)) {
      return createScaffolderTaskConditionalDecision(
        permission,
        scaffolderTaskConditions.isTaskOwner({
          createdBy: [user.info.userEntityRef],
        }),
      );
    }
    return isReadPermission(permission) ? allow : deny;
  }
}
