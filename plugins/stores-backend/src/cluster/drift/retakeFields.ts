import { FIELD_MANAGER } from '../ClusterClient';
import type { KubernetesObject, ManagedFieldsEntry } from '../types';
import { withoutPath, withPath } from './fieldPaths';
import { isJudgedEntry, isOwnEntry, strangerPaths } from './judgeDrift';

/**
 * The field managers with what drifted moved from strangers' entries to ours: the next apply then takes it away, since we
 * don't apply it. Undefined when there is nothing to move.
 */
export function retakeFields(options: {
  answer: KubernetesObject;
  live: KubernetesObject;
}): ManagedFieldsEntry[] | undefined {
  const { answer, live } = options;
  const entries = live.metadata.managedFields ?? [];
  let own: ManagedFieldsEntry = entries.find(isOwnEntry) ?? {
    manager: FIELD_MANAGER,
    operation: 'Apply',
    apiVersion: live.apiVersion,
    time: new Date().toISOString().replace(/\.\d+Z$/, 'Z'),
    fieldsType: 'FieldsV1',
    fieldsV1: {},
  };
  let moved = false;
  const others: ManagedFieldsEntry[] = [];
  for (const entry of entries) {
    if (isOwnEntry(entry)) continue;
    const taken = isJudgedEntry(entry)
      ? strangerPaths(answer, live, entry)
      : [];
    moved ||= taken.length > 0;
    const left = taken.reduce(withoutPath, entry.fieldsV1 ?? {});
    own = { ...own, fieldsV1: taken.reduce(withPath, own.fieldsV1 ?? {}) };
    if (Object.keys(left).length > 0) others.push({ ...entry, fieldsV1: left });
  }
  return moved ? [own, ...others] : undefined;
}
