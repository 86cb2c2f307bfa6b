import type { NodeCapacity } from '@storeyard/backstage-plugin-stores-common';

/** While nothing is known of the nodes. */
const UNKNOWN = 2;

/** The cores that stores may run on; more stores booting at a time than that are no sooner ready. */
export function countCores(nodes: readonly NodeCapacity[] | undefined): number {
  if (!nodes) return UNKNOWN;
  const cores = nodes
    .filter(({ schedulable }) => schedulable)
    .reduce((sum, { allocatable }) => sum + allocatable.cpu, 0);
  return Math.max(1, Math.floor(cores));
}
