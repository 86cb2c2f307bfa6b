import type { AuditorService } from '@backstage/backend-plugin-api';
import { ConflictError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import {
  storeCreatePermission,
  storeDeletePermission,
  storePausePermission,
  storeRetryPermission,
  storeUpdatePermission,
  storeUpgradePermission,
  type ChangeStoreRequest,
  type CreateStoreRequest,
  type PauseStoreRequest,
  type RetryStoreRequest,
  type UpgradeStoreRequest,
} from '@storeyard/backstage-plugin-stores-common';
import type { Request } from 'express';
import type {
  CreateStoreResult,
  StoreRecord,
  StoreRepository,
} from '../database';
import type { EngineRegistry } from '../engines';
import type { StoreAccess, StorePermission } from '../permissions';
import { audited } from './audited';
import type { Caller, CallerResolver } from './Caller';
import { checkAll } from './checkAll';
import type { PlanCatalog } from './PlanCatalog';
import { requestDigest } from './requestDigest';
import type { StoreOrchestrator } from './StoreOrchestrator';
import type { StoreViews } from './StoreViews';

/** Options of {@link StoreRequests.create}. */
export interface StoreRequestsOptions {
  access: StoreAccess;
  auditor: AuditorService;
  callers: CallerResolver;
  engines: EngineRegistry;
  /** How many active stores an owner may have; as many as they like without it. */
  maximumStoresPerOwner?: number;
  orchestrator: Pick<StoreOrchestrator, 'checkUpgrade' | 'enqueue' | 'lacking'>;
  plans: PlanCatalog;
  stores: StoreRepository;
  views: StoreViews;
}

/** A request that a caller makes. */
export interface CallerRequest {
  /** Where it came from, for the audit. */
  request: Request;
  caller: Caller;
}

/** A request about one store. */
export interface StoreRequest extends CallerRequest {
  id: string;
}

/** Options of {@link StoreRequests.createStore}. */
export interface CreateStoreRequestOptions extends CallerRequest {
  body: CreateStoreRequest;
  idempotencyKey?: string;
}

interface ChangeOptions extends StoreRequest {
  eventId: string;
  severityLevel: 'medium' | 'high';
  permission: StorePermission;
  meta?: JsonObject;
}

/** Whose request it is, as the repository wants it. */
interface Requested {
  id: string;
  actor: string;
  correlationId: string;
}

/** Keeps what people and services ask for, if they may, audited, and has the loop look at it. */
export class StoreRequests {
  static create(options: StoreRequestsOptions): StoreRequests {
    return new StoreRequests(options);
  }

  private constructor(private readonly options: StoreRequestsOptions) {}

  /**
   * Keeps a request for a store, or finds the store that the same one made.
   *
   * @throws InputError when the plan, engine or parameters are none that there are
   * @throws NotAllowedError when the caller may not own it as asked, or the owner's quota is used up
   * @throws ConflictError when the name is taken, the key was used for another request, or the cluster has no room
   */
  async createStore(
    options: CreateStoreRequestOptions,
  ): Promise<CreateStoreResult> {
    const { body, caller, idempotencyKey, request } = options;
    const { access, auditor, callers, engines, plans, stores } = this.options;
    const { correlationId, subject: createdBy } = caller;
    const name = body.name.trim();
    return audited(
      {
        auditor,
        request,
        eventId: 'store-create',
        severityLevel: 'medium',
        meta: { name, engine: body.engine, correlationId },
      },
      async meta => {
        await access.require(caller, storeCreatePermission);
        const [plan, parameters] = checkAll(
          () => plans.choose(body.plan),
          () => engines.get(body.engine).parseParameters(body.parameters ?? {}),
        );
        const owner = await callers.ownerFor(caller, lowerCase(body.owner));
        const idempotency =
          idempotencyKey === undefined
            ? undefined
            : {
                key: idempotencyKey,
                digest: requestDigest(digested(body, name)),
              };
        // What was kept once is answered again, whatever room there is by now.
        const replayed =
          idempotency &&
          (await stores.findReplayed({ createdBy, idempotency }));
        if (replayed !== undefined) {
          Object.assign(meta, { storeId: replayed.id, created: false });
          return { store: replayed, created: false };
        }
        const lacking = await this.options.orchestrator.lacking({
          engine: body.engine,
          plan,
          parameters,
        });
        if (lacking !== undefined) {
          throw new ConflictError(
            `plan: a store of the plan '${plan}' does not fit the cluster as it is now: ${lacking}`,
          );
        }
        const result = await stores.create({
          name,
          engine: body.engine,
          plan,
          owner,
          createdBy,
          parameters,
          protected: body.protected ?? false,
          correlationId,
          idempotency,
          quota: this.quota(),
        });
        const { store, created } = result;
        this.options.orchestrator.enqueue(store.id);
        Object.assign(meta, { storeId: store.id, owner, created });
        return result;
      },
    );
  }

  /**
   * Changes who a store belongs to, or whether it is protected.
   *
   * @throws NotAllowedError when the caller may not, before or afterwards, or the new owner's quota is used up
   */
  async changeStore(
    options: StoreRequest & { body: ChangeStoreRequest },
  ): Promise<StoreRecord> {
    const { body, caller } = options;
    const owner = lowerCase(body.owner);
    return this.change(
      {
        ...options,
        eventId: 'store-change',
        severityLevel: 'medium',
        permission: storeUpdatePermission,
        meta: { ...body },
      },
      async (requested, record) => {
        if (owner !== undefined) {
          // Nobody hands a store to those for whom they may not act.
          await this.options.access.require(caller, storeUpdatePermission, {
            ...record,
            owner,
          });
        }
        return this.options.stores.changeStore({
          ...requested,
          owner,
          protected: body.protected,
          quota: owner === undefined ? undefined : this.quota(),
        });
      },
    );
  }

  /**
   * Asks for a store's end.
   *
   * @throws ConflictError when it is protected
   */
  async deleteStore(options: StoreRequest): Promise<StoreRecord> {
    return this.change(
      {
        ...options,
        eventId: 'store-delete',
        severityLevel: 'high',
        permission: storeDeletePermission,
      },
      requested => this.options.stores.requestDeletion(requested),
    );
  }

  /**
   * Has a store tried again at once.
   *
   * @throws ConflictError when it is DELETING or DELETED, or has lost its data and that is not accepted
   */
  async retryStore(
    options: StoreRequest & { body: RetryStoreRequest },
  ): Promise<StoreRecord> {
    const { acceptDataLoss = false } = options.body;
    return this.change(
      {
        ...options,
        eventId: 'store-retry',
        severityLevel: acceptDataLoss ? 'high' : 'medium',
        permission: storeRetryPermission,
        meta: { acceptDataLoss },
      },
      async (requested, record) => {
        if (record.reason === 'DataLost' && !acceptDataLoss) {
          throw new ConflictError(
            `store '${record.id}' has lost its data and is made anew, and empty, only with 'acceptDataLoss': true`,
          );
        }
        return this.options.stores.requestRetry({
          ...requested,
          acceptDataLoss,
        });
      },
    );
  }

  /**
   * Brings a store to another plan, other parameters, and today's chart.
   *
   * @throws InputError when the plan or parameters are none, or can't be changed to
   * @throws ConflictError when the store is in no state to be upgraded
   */
  async upgradeStore(
    options: StoreRequest & { body: UpgradeStoreRequest },
  ): Promise<StoreRecord> {
    const { body } = options;
    const { engines, orchestrator, plans, stores } = this.options;
    return this.change(
      {
        ...options,
        eventId: 'store-upgrade',
        severityLevel: 'medium',
        permission: storeUpgradePermission,
        meta: { ...body },
      },
      async (requested, record) => {
        const [plan, parameters] = checkAll(
          () => plans.choose(body.plan ?? record.plan),
          () =>
            engines
              .get(record.engine)
              .parseParameters({ ...record.parameters, ...body.parameters }),
        );
        await orchestrator.checkUpgrade(record, { plan, parameters });
        return stores.requestUpgrade({ ...requested, plan, parameters });
      },
    );
  }

  /**
   * Has a store only watched for a while.
   *
   * @throws ConflictError when it is DELETING or DELETED
   */
  async pauseStore(
    options: StoreRequest & { body: PauseStoreRequest },
  ): Promise<StoreRecord> {
    const { minutes, reason } = options.body;
    return this.change(
      {
        ...options,
        eventId: 'store-pause',
        severityLevel: 'medium',
        permission: storePausePermission,
        meta: { minutes, reason },
      },
      requested =>
        this.options.stores.requestPause({
          ...requested,
          until: new Date(Date.now() + minutes * 60_000),
          reason,
        }),
    );
  }

  /**
   * Ends a pause.
   *
   * @throws ConflictError when the store is DELETING or DELETED
   */
  async resumeStore(options: StoreRequest): Promise<StoreRecord> {
    return this.change(
      {
        ...options,
        eventId: 'store-resume',
        severityLevel: 'medium',
        permission: storePausePermission,
      },
      requested => this.options.stores.requestResume(requested),
    );
  }

  /** @throws NotFoundError when there is no such store, NotAllowedError when the caller lacks the permission */
  private async change(
    options: ChangeOptions,
    work: (requested: Requested, record: StoreRecord) => Promise<StoreRecord>,
  ): Promise<StoreRecord> {
    const { caller, id, permission, meta: given, ...event } = options;
    const { access, auditor, orchestrator, views } = this.options;
    const { correlationId } = caller;
    const record = await views.find(id);
    return audited(
      {
        auditor,
        request: event.request,
        eventId: event.eventId,
        severityLevel: event.severityLevel,
        meta: { storeId: id, owner: record.owner, correlationId, ...given },
      },
      async () => {
        await access.require(caller, permission, record);
        const changed = await work(
          { id, actor: caller.subject, correlationId },
          record,
        );
        orchestrator.enqueue(id);
        return changed;
      },
    );
  }

  private quota(): { maximum: number } | undefined {
    const { maximumStoresPerOwner: maximum } = this.options;
    return maximum === undefined ? undefined : { maximum };
  }
}

/** Entity refs are the same whatever their case. */
export function lowerCase(owner: string | undefined): string | undefined {
  return owner?.toLocaleLowerCase('en-US');
}

/** The same request however it is written. */
function digested(body: CreateStoreRequest, name: string): JsonObject {
  return { ...body, name, owner: lowerCase(body.owner) };
}
