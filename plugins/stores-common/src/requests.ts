import type { JsonValue } from '@backstage/types';
import { z } from 'zod';
import { maximumStoreNameLength, slugify } from './storeName';
import { storeStates } from './StoreState';

// A NUL byte can't be stored by PostgreSQL, and no name has use for the others.
const noControlCharacters = /^\P{Cc}*$/u;

function text(maximum: number) {
  return z
    .string()
    .regex(noControlCharacters, 'must not contain control characters')
    .max(maximum, `must not be longer than ${maximum} characters`);
}

function word(maximum: number) {
  return text(maximum).min(1, { error: 'must not be empty', abort: true });
}

/** The full ref of a user or a group, such as `group:default/team-a`. */
const ownerSchema = word(200)
  .regex(
    /^(user|group):[a-z0-9][a-z0-9-]*\/[a-z0-9][a-z0-9._-]*$/i,
    "must be the ref of a user or group, such as 'group:default/team-a'",
  )
  .transform(ref => ref.toLocaleLowerCase('en-US'));

// The engine's own schema goes on from here. Not `z.json()`, which follows
// whatever depth a caller sends until the stack ends.
const parameterSchema = z.custom<JsonValue>(value => value !== undefined);

/** What the body of `POST /` says. */
export const createStoreRequestSchema = z.strictObject({
  name: text(1000)
    .trim()
    .min(1, { error: 'must not be empty', abort: true })
    .max(maximumStoreNameLength, {
      error: `must not be longer than ${maximumStoreNameLength} characters`,
      abort: true,
    })
    .refine(
      name => slugify(name) !== undefined,
      'must contain a latin letter or a digit',
    ),
  engine: word(40),
  plan: word(40).optional(),
  owner: ownerSchema.optional(),
  parameters: z.record(z.string(), parameterSchema).optional(),
  protected: z.boolean().optional(),
});

/** What a caller sends to ask for a store. */
export type CreateStoreRequest = z.input<typeof createStoreRequestSchema>;

/** What the header `Idempotency-Key` may be. */
export const idempotencyKeySchema = z
  .string()
  .regex(/^[\x21-\x7e]{1,200}$/, 'must be 1 to 200 printable characters');

/** What a list may be ordered by; a dash means descending. */
export const storeOrders = [
  '-createdAt',
  'createdAt',
  'name',
  '-name',
] as const;

const wholeNumber = z
  .string()
  .regex(/^\d{1,15}$/, 'must be a whole number')
  .transform(Number);

function numberUpTo(maximum: number, least: number) {
  return wholeNumber.pipe(
    z
      .number()
      .min(least, `must be at least ${least}`)
      .max(maximum, `must be at most ${maximum}`),
  );
}

const stateSchema = z.enum(
  storeStates,
  `must be one of ${storeStates.join(', ')}`,
);

/** What the query of `GET /` may say; `state` may be repeated. */
export const listStoresQuerySchema = z.strictObject({
  state: z
    .union([stateSchema.transform(state => [state]), z.array(stateSchema)])
    .optional(),
  owner: ownerSchema.optional(),
  engine: word(40).optional(),
  q: text(100).optional(),
  order: z
    .enum(storeOrders, `must be one of ${storeOrders.join(', ')}`)
    .default('-createdAt'),
  cursor: word(500).optional(),
  limit: numberUpTo(100, 1).default(20),
});

/** The longest that a request for events may wait, in seconds. */
export const maximumEventWaitSeconds = 30;

/** What the query of `GET /{id}/events` may say. */
export const listEventsQuerySchema = z.strictObject({
  after: wholeNumber.default(0),
  limit: numberUpTo(500, 1).default(100),
  wait: numberUpTo(maximumEventWaitSeconds, 0).default(0),
});
