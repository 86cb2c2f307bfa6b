import { randomInt, randomUUID } from 'node:crypto';
import { ConflictError, InputError } from '@backstage/errors';
import {
  createStoreId,
  slugify,
  storeNamespace,
} from '@storeyard/backstage-plugin-stores-common';
import type { Knex } from 'knex';
import { checkQuota, lockOwner } from './ownerQuota';
import type { CreateStoreResult, NewStore } from './NewStore';
import type { StoreRecord } from './StoreRecord';
import { toStoreRecord, type StoreRow } from './StoreRow';
import type { Change, StoreWriter } from './StoreWriter';

const idAttempts = 5;

/** Keeps a new store, unless its name is taken or the same request has made it before. */
export async function createStore(
  writer: StoreWriter,
  request: NewStore,
): Promise<CreateStoreResult> {
  const slug = slugify(request.name);
  if (slug === undefined) {
    throw new InputError(
      `name: '${request.name}' must contain a latin letter or a digit`,
    );
  }
  for (let attempt = 0; attempt < idAttempts; attempt++) {
    const result = await writer.change(transaction =>
      insert(writer, transaction, request, slug),
    );
    if (result !== undefined) {
      return result;
    }
  }
  throw new ConflictError(
    `no free id for the name '${request.name}' in ${idAttempts} attempts`,
  );
}

/** Undefined when the id that was drawn is in use. */
async function insert(
  writer: StoreWriter,
  transaction: Knex.Transaction,
  request: NewStore,
  slug: string,
): Promise<Change<CreateStoreResult | undefined>> {
  const { owner, quota } = request;
  if (quota !== undefined) {
    await lockOwner(transaction, owner);
  }
  const id = createStoreId(slug, below => randomInt(below));
  const inserted: StoreRow[] = await transaction<StoreRow>('stores')
    .insert(newStoreRow(request, id, slug))
    .onConflict()
    .ignore()
    .returning('*');
  const kept = inserted.at(0);
  if (kept === undefined) {
    const store = await findRequested(transaction, request, slug);
    return { result: store && { store, created: false }, events: [] };
  }
  if (quota !== undefined) {
    await checkQuota(transaction, { owner, quota, storeId: id });
  }
  const events = await writer.events.append(transaction, id, [
    {
      type: 'requested',
      message: `'${request.name}' was requested with the plan '${request.plan}' for '${owner}'`,
      actor: request.createdBy,
      correlationId: request.correlationId,
    },
  ]);
  return { result: { store: toStoreRecord(kept), created: true }, events };
}

/** The store that the same request made before, when it is that which is in the way. */
async function findRequested(
  transaction: Knex.Transaction,
  request: NewStore,
  slug: string,
): Promise<StoreRecord | undefined> {
  const { idempotency, createdBy, name } = request;
  if (idempotency !== undefined) {
    const row = await transaction<StoreRow>('stores')
      .where({ created_by: createdBy, idempotency_key: idempotency.key })
      .first();
    if (row?.idempotency_digest === idempotency.digest) {
      return toStoreRecord(row);
    }
    if (row !== undefined) {
      throw new ConflictError(
        `the Idempotency-Key '${idempotency.key}' was used for another request, which made store '${row.id}'`,
      );
    }
  }
  const row = await transaction<StoreRow>('stores')
    .where({ slug })
    .whereNot('state', 'DELETED')
    .first();
  if (row !== undefined) {
    throw new ConflictError(
      `name: '${name}' is taken by store '${row.id}'${
        row.state === 'DELETING' ? ', which is being deleted' : ''
      }`,
    );
  }
  return undefined;
}

function newStoreRow(
  request: NewStore,
  id: string,
  slug: string,
): Partial<StoreRow> {
  const now = new Date();
  return {
    id,
    name: request.name,
    slug,
    engine: request.engine,
    plan: request.plan,
    owner: request.owner,
    created_by: request.createdBy,
    parameters: JSON.stringify(request.parameters),
    protected: request.protected,
    state: 'REQUESTED',
    conditions: '[]',
    namespace: storeNamespace(id),
    nonce: randomUUID(),
    attempt: 0,
    generation: 1,
    observed_generation: 0,
    lease_epoch: 0,
    request_seq: 0,
    request_actor: request.createdBy,
    request_correlation_id: request.correlationId ?? null,
    idempotency_key: request.idempotency?.key ?? null,
    idempotency_digest: request.idempotency?.digest ?? null,
    created_at: now,
    updated_at: now,
  };
}
