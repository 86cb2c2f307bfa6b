import type { AuditorService } from '@backstage/backend-plugin-api';
import type { createStoreRequestSchema } from '@storeyard/backstage-plugin-stores-common';
import type { Request } from 'express';
import type { z } from 'zod';
import type {
  CreateStoreResult,
  StoreRecord,
  StoreRepository,
} from '../database';
import type { EngineRegistry } from '../engines';
import { audited } from './audited';
import type { Caller, CallerResolver } from './Caller';
import type { PlanCatalog } from './PlanCatalog';
import { requestDigest } from './requestDigest';

/** Options of {@link StoreRequests.create}. */
export interface StoreRequestsOptions {
  auditor: AuditorService;
  callers: CallerResolver;
  engines: EngineRegistry;
  plans: PlanCatalog;
  stores: StoreRepository;
  /** Has a store looked at soon; called after the commit. */
  enqueue(storeId: string): void;
}

/** A request that a caller may make. */
export interface StoreRequest {
  /** Where it came from, for the audit. */
  request: Request;
  caller: Caller;
}

/** Options of {@link StoreRequests.createStore}. */
export interface CreateStoreRequestOptions extends StoreRequest {
  body: z.output<typeof createStoreRequestSchema>;
  idempotencyKey?: string;
}

/** Options of {@link StoreRequests.deleteStore}. */
export interface DeleteStoreRequestOptions extends StoreRequest {
  id: string;
}

/** Keeps what people and services ask for, audited, and has the loop look at it. */
export class StoreRequests {
  static create(options: StoreRequestsOptions): StoreRequests {
    return new StoreRequests(options);
  }

  private constructor(private readonly options: StoreRequestsOptions) {}

  /**
   * Keeps a request for a store, or finds the store that the same one made.
   *
   * @throws InputError when the plan, engine or parameters are none that there are
   * @throws NotAllowedError when the caller may not own it as asked
   * @throws ConflictError when the name is taken, or the key was used for another request
   */
  async createStore(
    options: CreateStoreRequestOptions,
  ): Promise<CreateStoreResult> {
    const { body, caller, idempotencyKey, request } = options;
    const { auditor, callers, engines, enqueue, plans, stores } = this.options;
    const { correlationId } = caller;
    return audited(
      {
        auditor,
        request,
        eventId: 'store-create',
        severityLevel: 'medium',
        meta: { name: body.name, engine: body.engine, correlationId },
      },
      async meta => {
        const result = await stores.create({
          name: body.name,
          engine: body.engine,
          plan: plans.choose(body.plan),
          owner: await callers.ownerFor(caller, body.owner),
          createdBy: caller.subject,
          parameters: engines
            .get(body.engine)
            .parseParameters(body.parameters ?? {}),
          protected: body.protected ?? false,
          correlationId,
          idempotency:
            idempotencyKey === undefined
              ? undefined
              : { key: idempotencyKey, digest: requestDigest(body) },
        });
        const { store, created } = result;
        enqueue(store.id);
        Object.assign(meta, { storeId: store.id, owner: store.owner, created });
        return result;
      },
    );
  }

  /**
   * Asks for a store's end.
   *
   * @throws NotFoundError when there is no such store
   * @throws ConflictError when it is protected
   */
  async deleteStore(options: DeleteStoreRequestOptions): Promise<StoreRecord> {
    const { caller, id, request } = options;
    const { auditor, enqueue, stores } = this.options;
    const { correlationId } = caller;
    return audited(
      {
        auditor,
        request,
        eventId: 'store-delete',
        severityLevel: 'high',
        meta: { storeId: id, correlationId },
      },
      async meta => {
        const store = await stores.requestDeletion({
          id,
          actor: caller.subject,
          correlationId,
        });
        enqueue(id);
        Object.assign(meta, { owner: store.owner });
        return store;
      },
    );
  }
}
