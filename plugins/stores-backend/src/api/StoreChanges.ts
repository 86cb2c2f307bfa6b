import type { AuditorService } from '@backstage/backend-plugin-api';
import { ConflictError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import {
  storeDeletePermission,
  storePausePermission,
  storeRetryPermission,
  storeUpdatePermission,
  storeUpgradePermission,
  type ChangeStoreRequest,
  type PauseStoreRequest,
  type RetryStoreRequest,
  type UpgradeStoreRequest,
} from '@storeyard/backstage-plugin-stores-common';
import type { StoreQuota, StoreRecord, StoreRepository } from '../database';
import type { EngineRegistry } from '../engines';
import type { StoreAccess, StorePermission } from '../permissions';
import { audited } from './audited';
import type { CallerRequest } from './Caller';
import { checkAll } from './checkAll';
import { lowerCase } from './lowerCase';
import type { PlanCatalog } from './PlanCatalog';
import type { StoreOrchestrator } from './StoreOrchestrator';
import type { StoreViews } from './StoreViews';

/** Options of {@link StoreChanges.create}. */
export interface StoreChangesOptions {
  access: StoreAccess;
  auditor: AuditorService;
  engines: EngineRegistry;
  orchestrator: Pick<StoreOrchestrator, 'checkUpgrade' | 'enqueue'>;
  plans: PlanCatalog;
  /** How many active stores an owner may have; as many as they like without it. */
  quota?: StoreQuota;
  stores: StoreRepository;
  views: StoreViews;
}

/** A request about one store. */
export interface StoreRequest extends CallerRequest {
  id: string;
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

/** Keeps what people and services want of a store, if they may, audited, and has the loop look at it. */
export class StoreChanges {
  static create(options: StoreChangesOptions): StoreChanges {
    return new StoreChanges(options);
  }

  private constructor(private readonly options: StoreChangesOptions) {}

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
          quota: owner === undefined ? undefined : this.options.quota,
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
   * @throws ConflictError when it is DELETING, DELETED or paused, or has lost its data and that is not accepted
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
}
