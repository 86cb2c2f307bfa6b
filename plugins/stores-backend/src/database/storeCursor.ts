import { InputError } from '@backstage/errors';
import { z } from 'zod';
import type { StoreOrder } from './StoreList';

const slug = z.string().regex(/^[a-z0-9-]+$/);
// A caller may have changed it, and databases differ in what else they take for a time.
const milliseconds = z.number().int().min(0).max(8_640_000_000_000_000);

const cursorSchema = z.union([
  z.tuple([z.enum(['-createdAt', 'createdAt']), milliseconds, slug]),
  z.tuple([z.enum(['-name', 'name']), slug, slug]),
]);

/** The last store of a page: what the list is ordered by, and the id. */
export interface StoreCursor {
  order: StoreOrder;
  /** Milliseconds since 1970 for `createdAt`, the slug for `name`. */
  value: string | number;
  id: string;
}

/** Writes a cursor as a text that is opaque to callers. */
export function encodeStoreCursor(cursor: StoreCursor): string {
  return Buffer.from(
    JSON.stringify([cursor.order, cursor.value, cursor.id]),
  ).toString('base64url');
}

/**
 * Reads a cursor.
 *
 * @throws InputError when it is not one, or belongs to another order
 */
export function decodeStoreCursor(
  text: string,
  order: StoreOrder,
): StoreCursor {
  const result = cursorSchema.safeParse(parseJson(text));
  if (!result.success) {
    throw new InputError(`cursor: '${text}' is not a cursor of this list`);
  }
  const [found, value, id] = result.data;
  if (found !== order) {
    throw new InputError(
      `cursor: belongs to the order '${found}', expected '${order}'`,
    );
  }
  return { order, value, id };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}
