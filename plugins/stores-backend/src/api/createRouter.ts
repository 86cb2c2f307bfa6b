import type {
  AuditorService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import type { Router } from 'express';
import type { EventLog, StoreRepository } from '../database';
import type { EngineRegistry } from '../engines';
import type { StoreAccess } from '../permissions';
import type { CallerResolver } from './Caller';
import { createOperationRouter } from './createOperationRouter';
import { createEventHandlers } from './handlers/createEventHandlers';
import { createInsightHandlers } from './handlers/createInsightHandlers';
import {
  createPlatformHandlers,
  type ShownMetrics,
} from './handlers/createPlatformHandlers';
import { createStoreHandlers } from './handlers/createStoreHandlers';
import type { PlanCatalog } from './PlanCatalog';
import type { RateLimits } from './RateLimits';
import type { StoreOrchestrator } from './StoreOrchestrator';
import { StoreChanges } from './StoreChanges';
import { StoreCreation } from './StoreCreation';
import { StoreViews } from './StoreViews';

/** Options of {@link createRouter}. */
export interface CreateRouterOptions {
  access: StoreAccess;
  auditor: AuditorService;
  callers: CallerResolver;
  engines: EngineRegistry;
  events: EventLog;
  limits: RateLimits;
  logger: LoggerService;
  /** How many active stores an owner may have; as many as they like without it. */
  maximumStoresPerOwner?: number;
  metrics: ShownMetrics;
  orchestrator: StoreOrchestrator;
  plans: PlanCatalog;
  /** Where a local cluster's making writes how far it is. */
  preparationFile?: string;
  /** Ends the requests that wait for events. */
  shutdown: AbortSignal;
  stores: StoreRepository;
}

/** The REST API of openapi.yaml; docs/api.md has it with examples. */
export function createRouter(options: CreateRouterOptions): Router {
  const { callers, limits, maximumStoresPerOwner: maximum } = options;
  const quota = maximum === undefined ? undefined : { maximum };
  const views = StoreViews.create(options);
  const creation = StoreCreation.create({ ...options, quota });
  const changes = StoreChanges.create({ ...options, quota, views });
  return createOperationRouter({
    callers,
    limitsOf: operation => limits.of(operation),
    handlers: {
      ...createStoreHandlers({ ...options, changes, creation, views }),
      ...createEventHandlers({ ...options, views }),
      ...createInsightHandlers({ ...options, views }),
      ...createPlatformHandlers(options),
    },
  });
}
