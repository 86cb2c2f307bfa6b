import type { JsonObject, JsonValue } from '@backstage/types';

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Merges values as Helm does: mappings key by key, everything else replaced by what comes later. */
export function mergeValues(...layers: readonly JsonObject[]): JsonObject {
  const merged: JsonObject = {};
  for (const layer of layers) {
    for (const [key, value] of Object.entries(layer)) {
      merged[key] = mergeValue(merged[key], value);
    }
  }
  return merged;
}

function mergeValue(
  below: JsonValue | undefined,
  above: JsonValue | undefined,
): JsonValue | undefined {
  return isJsonObject(below) && isJsonObject(above)
    ? mergeValues(below, above)
    : above;
}
