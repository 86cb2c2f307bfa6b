import { ConflictError } from '@backstage/errors';
import type { StoreState } from '@storeyard/backstage-plugin-stores-common';
import { checkQuota, lockOwner } from './ownerQuota';
import { unpaused } from './pauseRequests';
import {
  asRequested,
  change,
  event,
  lockLiving,
  request,
} from './requestedChange';
import type { NewStoreEvent } from './NewStoreEvent';
import { guardOf, type StoreRecord } from './StoreRecord';
import type {
  ChangeStoreOptions,
  RequestStoreDeletionOptions,
  RequestStoreRetryOptions,
  RequestStoreUpgradeOptions,
} from './StoreRequestOptions';
import type { StoreRow } from './StoreRow';
import type { StoreWriter } from './StoreWriter';

/** What the loop had said about the state before the request. */
const silenced = {
  attempt: 0,
  next_attempt_at: null,
} satisfies Partial<StoreRow>;

const upgradable: readonly StoreState[] = ['READY', 'DEGRADED', 'FAILED'];

/** See `StoreRepository.requestDeletion`. */
export async function requestDeletion(
  writer: StoreWriter,
  options: RequestStoreDeletionOptions,
): Promise<StoreRecord> {
  const { id } = options;
  return writer.change(async transaction => {
    const record = await writer.lock(transaction, id);
    if (record.state === 'DELETING' || record.state === 'DELETED') {
      return { result: record, events: [] };
    }
    if (record.protected) {
      throw new ConflictError(
        `store '${id}' is protected: take the protection off before deleting it`,
      );
    }
    return writer.move(
      transaction,
      {
        id,
        guard: guardOf(record),
        to: 'DELETING',
        patch: { reason: undefined, message: undefined, remedy: undefined },
        events: [
          event(options, {
            type: 'deletion-requested',
            message: `Deletion was requested while ${record.state}`,
          }),
        ],
      },
      {
        ...silenced,
        ...asRequested(options),
        request_seq: record.requestSeq + 1,
        retry_request_seq: null,
        retry_accept_data_loss: null,
        ...unpaused,
        boot_queued_at: null,
        boot_started_at: null,
      },
    );
  });
}

/** See `StoreRepository.requestRetry`. */
export async function requestRetry(
  writer: StoreWriter,
  options: RequestStoreRetryOptions,
): Promise<StoreRecord> {
  const { acceptDataLoss = false } = options;
  return writer.change(async transaction => {
    const record = await lockLiving(writer, transaction, options);
    if (record.pausedUntil && record.pausedUntil > new Date()) {
      throw new ConflictError(
        `store '${
          record.id
        }' is paused until '${record.pausedUntil.toISOString()}': end the pause to have it tried again`,
      );
    }
    return request(writer, transaction, record, options, {
      columns: {
        ...silenced,
        retry_request_seq: record.requestSeq + 1,
        retry_accept_data_loss: acceptDataLoss,
      },
      events: [
        {
          type: 'retry-requested',
          message: acceptDataLoss
            ? `A new attempt was requested while ${record.state}; the store may be made anew and empty`
            : `A new attempt was requested while ${record.state}`,
          details: { acceptDataLoss },
        },
      ],
    });
  });
}

/** See `StoreRepository.requestUpgrade`. */
export async function requestUpgrade(
  writer: StoreWriter,
  options: RequestStoreUpgradeOptions,
): Promise<StoreRecord> {
  return writer.change(async transaction => {
    const record = await lockLiving(writer, transaction, options);
    if (!upgradable.includes(record.state)) {
      throw new ConflictError(
        `store '${record.id}' is '${
          record.state
        }', expected one of ${upgradable.join(', ')} to be upgraded`,
      );
    }
    const { plan = record.plan, parameters = record.parameters } = options;
    const generation = record.generation + 1;
    return request(writer, transaction, record, options, {
      columns: {
        ...silenced,
        generation,
        plan,
        parameters: JSON.stringify(parameters),
      },
      events: [
        {
          type: 'upgrade-requested',
          message: `An upgrade to generation ${generation} was requested with the plan '${plan}'`,
          details: { generation, plan, previousPlan: record.plan },
        },
      ],
    });
  });
}

/** See `StoreRepository.changeStore`. */
export async function changeStore(
  writer: StoreWriter,
  options: ChangeStoreOptions,
): Promise<StoreRecord> {
  return writer.change(async transaction => {
    const { quota } = options;
    // Before the store, as whoever makes one does.
    if (options.owner !== undefined && quota !== undefined) {
      await lockOwner(transaction, options.owner);
    }
    const record = await lockLiving(writer, transaction, options);
    const { owner = record.owner, protected: isProtected = record.protected } =
      options;
    const events: NewStoreEvent[] = [];
    if (owner !== record.owner) {
      events.push(
        event(options, {
          type: 'owner-changed',
          message: `The owner was changed from '${record.owner}' to '${owner}'`,
          details: { from: record.owner, to: owner },
        }),
      );
    }
    if (isProtected !== record.protected) {
      events.push(
        event(options, {
          type: 'protection-changed',
          message: isProtected
            ? 'The store was protected from deletion'
            : 'The protection from deletion was taken off',
          details: { protected: isProtected },
        }),
      );
    }
    if (events.length === 0) {
      return { result: record, events: [] };
    }
    if (owner !== record.owner && quota !== undefined) {
      await checkQuota(transaction, { owner, quota, storeId: record.id });
    }
    return change(writer, transaction, record, {
      columns: { owner, protected: isProtected },
      events,
    });
  });
}
