import type { KubernetesObject, ManagedFieldsEntry } from '../../types';
import { judgeDrift } from '../judgeDrift';
import { applied, edited, type EditedObject } from './objects';

/** What somebody does to an object that we applied, and who holds what afterwards. */
export type DriftCase = [
  what: string,
  object: KubernetesObject,
  change: (copy: EditedObject) => void,
  managers: ManagedFieldsEntry[],
];

export function said(
  answer: KubernetesObject,
  live: KubernetesObject | undefined,
): string[] {
  return judgeDrift({ answer, live }).map(({ message }) => message);
}

/** What is said of an object that was applied and then changed. */
export function saidAfter(
  object: KubernetesObject,
  change: (copy: EditedObject) => void,
  managers: readonly ManagedFieldsEntry[],
): string[] {
  const answer = applied(object);
  return said(answer, edited(answer, change, ...managers));
}
