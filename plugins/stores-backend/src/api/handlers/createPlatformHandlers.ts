import type { LoggerService } from '@backstage/backend-plugin-api';
import { ForwardedError, ServiceUnavailableError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import {
  findStoreNameProblem,
  slugify,
  storeIdPrefix,
  storeReadPermission,
  type NameCheck,
  type StorePlanList,
} from '@storeyard/backstage-plugin-stores-common';
import type { StoreRepository } from '../../database';
import type { StoreAccess } from '../../permissions';
import type { Caller, CallerResolver } from '../Caller';
import { openApiDocument } from '../generated/openApiDocument';
import { lowerCase } from '../lowerCase';
import type { OperationHandlers } from '../operationTypes';
import type { PlanCatalog } from '../PlanCatalog';
import { readPreparation } from '../readPreparation';
import type { StoreOrchestrator } from '../StoreOrchestrator';

/** What is measured, as it is shown. */
export interface ShownMetrics {
  contentType: string;
  /** Prometheus' text format. */
  text(): Promise<string>;
  summary(): Promise<JsonObject>;
}

/** Options of {@link createPlatformHandlers}. */
export interface PlatformHandlersOptions {
  access: StoreAccess;
  callers: CallerResolver;
  logger: LoggerService;
  maximumStoresPerOwner?: number;
  metrics: ShownMetrics;
  orchestrator: Pick<
    StoreOrchestrator,
    'capacity' | 'clusterStatus' | 'health' | 'storefront'
  >;
  plans: PlanCatalog;
  /** Where a local cluster's making writes how far it is. */
  preparationFile?: string;
  stores: StoreRepository;
}

const dayMilliseconds = 24 * 60 * 60 * 1000;

/** The calls about the platform as a whole. */
export function createPlatformHandlers(options: PlatformHandlersOptions) {
  const { access, callers, logger, metrics, orchestrator, plans, stores } =
    options;
  const { maximumStoresPerOwner: limit, preparationFile } = options;

  async function requireRead(caller: Caller): Promise<void> {
    await access.require(caller, storeReadPermission);
  }

  async function checkName(name: string): Promise<NameCheck> {
    const problem = findStoreNameProblem(name);
    if (problem !== undefined) {
      return {
        name,
        available: false,
        problem: 'invalid',
        message: `name: ${problem}`,
      };
    }
    const slug = slugify(name);
    const storefront =
      slug && (await orchestrator.storefront(`${storeIdPrefix(slug)}…`));
    const holder = slug && (await stores.findActiveByName(slug));
    return holder
      ? {
          name,
          available: false,
          slug,
          storefront,
          problem: 'taken',
          message: `name: '${name}' is taken by store '${holder.id}'`,
          takenBy: holder.id,
        }
      : { name, available: true, slug, storefront };
  }

  async function quotaOf(owner: string): Promise<StorePlanList['quota']> {
    const used = await stores.countActive(owner);
    return limit === undefined
      ? { owner, used }
      : { owner, used, limit, left: Math.max(0, limit - used) };
  }

  /** How many stores of each plan fit; nothing while that isn't known. */
  async function roomByPlan(): Promise<Map<string, number>> {
    try {
      const capacity = await orchestrator.capacity();
      return new Map(capacity.plans.map(({ plan, fits }) => [plan, fits]));
    } catch (error) {
      // What is not known yet comes by itself; anything else wants somebody's attention, and plans are shown all the same.
      if (!(error instanceof ServiceUnavailableError)) {
        logger.warn(
          'The plans are shown without how many stores fit, since that could not be computed',
          new ForwardedError('capacity', error),
        );
      }
      return new Map();
    }
  }

  return {
    async checkName({ caller, path }) {
      await requireRead(caller);
      return { status: 200, body: await checkName(path.name) };
    },

    async listPlans({ caller, query }) {
      await requireRead(caller);
      const owner = lowerCase(query.owner) ?? callers.defaultOwnerOf(caller);
      const room = await roomByPlan();
      return {
        status: 200,
        body: {
          items: plans
            .list()
            .map(plan => ({ ...plan, fits: room.get(plan.name) })),
          quota: owner === undefined ? undefined : await quotaOf(owner),
        },
      };
    },

    async getCapacity({ caller }) {
      await requireRead(caller);
      return { status: 200, body: await orchestrator.capacity() };
    },

    async getOverview({ caller, query }) {
      await requireRead(caller);
      const since = new Date(Date.now() - query.days * dayMilliseconds);
      const { buckets, repairs, ...overview } = await stores.overview({
        since,
        visible: await access.visible(caller, storeReadPermission),
      });
      return {
        status: 200,
        body: {
          ...overview,
          since: since.toISOString(),
          buckets: buckets.map(({ start, ...times }) => ({
            ...times,
            start: start.toISOString(),
          })),
          repairs: repairs.map(({ start, ...counts }) => ({
            ...counts,
            start: start.toISOString(),
          })),
          platform: await orchestrator.health(),
        },
      };
    },

    async getCluster({ caller }) {
      await requireRead(caller);
      return {
        status: 200,
        body: {
          ...orchestrator.clusterStatus(),
          preparation:
            preparationFile === undefined
              ? undefined
              : await readPreparation(preparationFile, logger),
        },
      };
    },

    async getMetrics({ caller }) {
      await requireRead(caller);
      return {
        status: 200,
        headers: { 'Content-Type': metrics.contentType },
        body: await metrics.text(),
      };
    },

    async getMetricsSummary({ caller }) {
      await requireRead(caller);
      return { status: 200, body: await metrics.summary() };
    },

    async getDocument() {
      return { status: 200, body: openApiDocument as JsonObject };
    },
  } satisfies Partial<OperationHandlers>;
}
