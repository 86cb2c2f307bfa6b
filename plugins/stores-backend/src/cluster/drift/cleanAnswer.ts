import type { KubernetesObject } from '../types';
import { deleteAt, heldPaths, pathKey } from './fieldPaths';
import { isJudgedEntry, isOwnEntry } from './judgeDrift';
import { isNeverDrift } from './neverDrift';
import { FIELD_MANAGER } from '../ClusterClient';

/**
 * What drift is judged against later: the API server's answer to our apply without status, with nobody's fields but ours,
 * and without what strangers had added to the object by then, since an apply doesn't take that away.
 */
export function cleanAnswer(answer: KubernetesObject): KubernetesObject {
  const { status: _, ...rest } = structuredClone(answer);
  const { managedFields = [] } = rest.metadata;
  const own = managedFields.filter(isOwnEntry);
  const held = new Set(
    managedFields
      .filter(({ manager }) => manager === FIELD_MANAGER)
      .flatMap(({ fieldsV1 }) => heldPaths(fieldsV1))
      .map(({ path }) => pathKey(path)),
  );
  const foreign = managedFields
    .filter(isJudgedEntry)
    .flatMap(({ fieldsV1 }) => heldPaths(fieldsV1))
    .filter(
      ({ path, self }) =>
        !held.has(pathKey(path)) &&
        !isNeverDrift(answer.kind, path) &&
        !(self && path.at(-1)?.startsWith('f:')),
    );
  for (const { path } of foreign) deleteAt(rest, path);
  const { apiVersion, kind } = rest;
  return {
    ...rest,
    apiVersion,
    kind,
    metadata: { ...rest.metadata, managedFields: own },
  };
}
