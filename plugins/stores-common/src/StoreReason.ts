/**
 * What a reason means to a person, and what they can do about it.
 *
 * @public
 */
export interface StoreReasonText {
  /** One sentence that says what happened. */
  sentence: string;
  /** What a person can do; absent when waiting is all there is to do. */
  remedy?: string;
}

/**
 * The fixed vocabulary of reasons, with the words that pages show for each.
 *
 * @public
 */
export const storeReasons = {
  ImagePullFailed: {
    sentence: "The image of the store can't be pulled.",
    remedy:
      'Check the image name, tag and registry access, then retry, or delete the store and create it with another image.',
  },
  CrashLooping: {
    sentence: 'A container of the store keeps exiting.',
    remedy:
      'Read the last log lines in the message; fix the cause, then retry.',
  },
  OutOfMemory: {
    sentence: 'A container of the store ran out of memory.',
    remedy: 'Choose a larger plan, or find what takes the memory.',
  },
  Unschedulable: {
    sentence: 'No node of the cluster has room for the store.',
    remedy: 'Free room by deleting stores, add a node, or use a smaller plan.',
  },
  QuotaExceeded: {
    sentence: "The store needs more than its namespace's quota allows.",
    remedy: 'Choose a larger plan, or ask the platform team for another quota.',
  },
  MigrationFailed: {
    sentence: "The store's database could not be migrated.",
    remedy:
      'Read the last log lines in the message; fix the cause, then retry.',
  },
  AdmissionDenied: {
    sentence: 'An admission policy of the cluster refused an object.',
    remedy: 'The message names the policy; ask its owner, then retry.',
  },
  ApplyFailed: {
    sentence: 'The cluster refused an object of the store.',
    remedy:
      "The message has the cluster's own words; fix the cause, then retry.",
  },
  VolumePending: {
    sentence: 'A volume of the store is not provided.',
    remedy:
      'Check the storage class and its provisioner; the store goes on by itself.',
  },
  VolumeBeingDeleted: {
    sentence: 'A volume of the store is being deleted.',
    remedy:
      'Save the data while the pods still run: nothing is restarted meanwhile.',
  },
  NamespaceConflict: {
    sentence: 'A namespace of that name is there and is not ours.',
    remedy: 'Delete the store and create it again: it gets another id.',
  },
  OwnershipRemoved: {
    sentence: "Somebody removed our label from the store's namespace.",
    remedy: 'Set the label again with the kubectl line in the message.',
  },
  DataLost: {
    sentence: "The store's data is gone: its volume or namespace was deleted.",
    remedy:
      'Restore it from a backup, or retry and accept the loss: the store is then made anew and empty, which never happens by itself.',
  },
  RenderFailed: {
    sentence: 'Helm could not render the chart.',
    remedy: "The message has Helm's own words; fix the chart or its values.",
  },
  Timeout: {
    sentence: 'The store did not become ready in time.',
    remedy:
      'Retry; when it happens again, read the events for what it waits for.',
  },
  NotServing: {
    sentence: "The store's pods run, but a shopper's requests do not work.",
  },
  DatabaseNotReady: {
    sentence: "The store's database is not ready.",
  },
  BackendNotReady: {
    sentence: "The store's server is not ready.",
  },
  ClusterUnreachable: {
    sentence: 'The cluster does not answer.',
    remedy: 'Start the cluster; the store goes on by itself.',
  },
  PolicyMissing: {
    sentence:
      "The cluster lacks the admission policy that bounds Storeyard's rights.",
    remedy: 'Install charts/platform into the cluster.',
  },
  DeletionBlocked: {
    sentence: "Something keeps the store's namespace from going away.",
    remedy: 'The message names what remains and which finalizers hold it.',
  },
  Upgrading: {
    sentence: 'The store is being switched to its new version.',
  },
  UpgradeFailed: {
    sentence: 'The store could not be upgraded and goes on as it was.',
    remedy:
      'Retry when the cause in the message is gone, or upgrade to something else.',
  },
} as const satisfies Record<string, StoreReasonText>;

/**
 * Why a store is as it is, in one word out of a fixed vocabulary.
 *
 * @public
 */
export type StoreReason = keyof typeof storeReasons;

/**
 * Whether a value is one of the vocabulary's reasons.
 *
 * @public
 */
export function isStoreReason(value: unknown): value is StoreReason {
  return typeof value === 'string' && Object.hasOwn(storeReasons, value);
}

/**
 * The words to show for a reason.
 *
 * @public
 */
export function describeStoreReason(reason: StoreReason): StoreReasonText {
  return storeReasons[reason];
}
