import type { JsonObject, JsonValue } from '@backstage/types';
import { parseQuantity } from '../cluster';
import { isJsonObject } from '../helm';

/** The sizes of a store's volumes, as its values have them. */
export interface StorageSizes {
  database: string;
  uploads: string;
}

/** Reads the sizes out of whole values. */
export function storageSizes(values: JsonObject): StorageSizes {
  return {
    database: text(values.postgres, 'storage'),
    uploads: text(values.medusa, 'uploads'),
  };
}

function text(values: JsonValue | undefined, key: string): string {
  return isJsonObject(values) ? String(values[key] ?? '') : '';
}

/**
 * What of an upgrade can't be, in words; empty when all of it can. Whether volumes can grow is asked only when one has to.
 */
export async function checkUpgrade(options: {
  current: StorageSizes;
  next: StorageSizes;
  /** Why volumes can't grow; undefined when they can. */
  canGrow(): Promise<string | undefined>;
}): Promise<string[]> {
  const { canGrow, current, next } = options;
  const changes = (['database', 'uploads'] as const).map(volume => ({
    volume,
    from: current[volume],
    to: next[volume],
    by:
      (parseQuantity(next[volume]) ?? 0) -
      (parseQuantity(current[volume]) ?? 0),
  }));
  const shrunk = changes.filter(({ by }) => by < 0);
  const grown = changes.filter(({ by }) => by > 0);
  const obstacle = grown.length > 0 ? await canGrow() : undefined;
  return [
    ...shrunk.map(
      ({ volume, from, to }) =>
        `plan: the volume of the ${volume} would shrink from '${from}' to '${to}', which Kubernetes can't do`,
    ),
    ...(obstacle
      ? grown.map(
          ({ volume, from, to }) =>
            `plan: the volume of the ${volume} would grow from '${from}' to '${to}', and ${obstacle}`,
        )
      : []),
  ];
}
