import {
  createConditionExports,
  createPermissionResourceRef,
  createPermissionRule,
} from '@backstage/plugin-permission-node';
import { storeResourceType } from '@storeyard/backstage-plugin-stores-common';
import { z } from 'zod';
import type { StoreFilterLeaf } from './StoreFilter';

/**
 * What permission rules know of a store.
 *
 * @public
 */
export interface AccessedStore {
  id: string;
  /** Entity ref. */
  owner: string;
  engine: string;
}

/**
 * What conditional decisions about stores refer to.
 *
 * @public
 */
export const storeResourceRef = createPermissionResourceRef<
  AccessedStore,
  StoreFilterLeaf
>().with({ pluginId: 'stores', resourceType: storeResourceType });

const isOwner = createPermissionRule({
  name: 'IS_OWNER',
  description: 'Stores that belong to one of the given users and groups',
  resourceRef: storeResourceRef,
  paramsSchema: z.object({
    claims: z
      .array(z.string())
      .describe('Entity refs, such as those that a user owns by'),
  }),
  apply: ({ owner }, { claims }) => claims.includes(owner),
  toQuery: ({ claims }) => ({ owners: claims }),
});

const hasEngine = createPermissionRule({
  name: 'HAS_ENGINE',
  description: 'Stores of one of the given engines',
  resourceRef: storeResourceRef,
  paramsSchema: z.object({
    engines: z.array(z.string()).describe("Names of engines, such as 'medusa'"),
  }),
  apply: ({ engine }, { engines }) => engines.includes(engine),
  toQuery: ({ engines }) => ({ engines }),
});

/** The rules that a policy can decide about stores by. */
export const storeRules = { isOwner, hasEngine };

const conditionExports = createConditionExports({
  resourceRef: storeResourceRef,
  rules: storeRules,
});

/**
 * Conditions for policies: `storeConditions.isOwner({ claims })`.
 *
 * @public
 */
export const storeConditions = conditionExports.conditions;

/**
 * Makes a policy's conditional decision about a store permission.
 *
 * @public
 */
export const createStoreConditionalDecision =
  conditionExports.createConditionalDecision;
