import type { AuditorService } from '@backstage/backend-plugin-api';
import { ConflictError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import {
  storeCreatePermission,
  type CreateStoreRequest,
} from '@storeyard/backstage-plugin-stores-common';
import type {
  CreateStoreResult,
  StoreQuota,
  StoreRepository,
} from '../database';
import type { EngineRegistry } from '../engines';
import type { StoreAccess } from '../permissions';
import { audited } from './audited';
import type { CallerRequest, CallerResolver } from './Caller';
import { checkAll } from './checkAll';
import { lowerCase } from './lowerCase';
import type { PlanCatalog } from './PlanCatalog';
import { requestDigest } from './requestDigest';
import type { StoreOrchestrator } from './StoreOrchestrator';

/** Options of {@link StoreCreation.create}. */
export interface StoreCreationOptions {
  access: StoreAccess;
  auditor: AuditorService;
  callers: CallerResolver;
  engines: EngineRegistry;
  orchestrator: Pick<StoreOrchestrator, 'enqueue' | 'lacking'>;
  plans: PlanCatalog;
  /** How many active stores an owner may have; as many as they like without it. */
  quota?: StoreQuota;
  stores: StoreRepository;
}

/** Options of {@link StoreCreation.createStore}. */
export interface CreateStoreRequestOptions extends CallerRequest {
  body: CreateStoreRequest;
  idempotencyKey?: string;
}

/** Keeps requests for stores, if the caller may make them, audited, and has the loop look at them. */
export class StoreCreation {
  static create(options: StoreCreationOptions): StoreCreation {
    return new StoreCreation(options);
  }

  private constructor(private readonly options: StoreCreationOptions) {}

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
    const { access, auditor, callers, engines, orchestrator, plans, stores } =
      this.options;
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
        const lacking = await orchestrator.lacking({
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
          quota: this.options.quota,
        });
        const { store, created } = result;
        orchestrator.enqueue(store.id);
        Object.assign(meta, { storeId: store.id, owner, created });
        return result;
      },
    );
  }
}

/** The same request however it is written. */
function digested(body: CreateStoreRequest, name: string): JsonObject {
  return { ...body, name, owner: lowerCase(body.owner) };
}
