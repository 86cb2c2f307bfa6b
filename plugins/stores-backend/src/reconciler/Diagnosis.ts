import {
  describeStoreReason,
  type StoreReason,
} from '@storeyard/backstage-plugin-stores-common';

/** What is wrong with a store, in the cluster's own words. */
export interface Diagnosis {
  reason: StoreReason;
  message: string;
  remedy?: string;
  /** How long waiting may still heal it, in seconds from the application; 0 when it can't. */
  patienceSeconds: number;
}

/** A diagnosis with the remedy that belongs to its reason. */
export function createDiagnosis(
  reason: StoreReason,
  message: string,
  patienceSeconds: number,
): Diagnosis {
  const { remedy } = describeStoreReason(reason);
  return { reason, message, remedy, patienceSeconds };
}

/** What the first item shows that shows anything. */
export function firstOf<T>(
  items: readonly T[],
  judge: (item: T) => Diagnosis | undefined,
): Diagnosis | undefined {
  for (const item of items) {
    const diagnosis = judge(item);
    if (diagnosis) return diagnosis;
  }
  return undefined;
}
