import { STORE_ID_ANNOTATION } from '@storeyard/backstage-plugin-stores-common';
import type { StoreObservation } from '../cluster';
import type { StoreRecord } from '../database/StoreRecord';
import { createDiagnosis, type Diagnosis } from './Diagnosis';
import { hasData } from './storeConditions';

/**
 * Data that the store was READY with and that is gone: its namespace, or a volume claim in whose place is none or
 * another. What was not looked at says nothing.
 */
export function diagnoseLoss(
  record: StoreRecord,
  { claims, namespace }: StoreObservation,
): Diagnosis | undefined {
  const served = record.state === 'READY' || record.state === 'DEGRADED';
  if (!hasData(record) && !served) return undefined;
  const name = record.namespace;
  if (namespace && !namespace.exists) {
    return lost(
      `The namespace '${name}' is gone, and the store's data with it`,
    );
  }
  if (namespace && !namespace.ours) {
    return lost(`The namespace '${name}' was replaced by one that is not ours`);
  }
  if (namespace?.terminating) {
    return lost(
      `Somebody deleted the namespace '${name}': the store's data goes with it`,
    );
  }
  if (!claims) return undefined;
  for (const [claimName, uid] of Object.entries(record.claimUids ?? {})) {
    const claim = claims.find(({ metadata }) => metadata.name === claimName);
    if (!claim) {
      return lost(`The volume claim '${claimName}' with uid '${uid}' is gone`);
    }
    if (claim.metadata.uid !== uid) {
      return lost(
        `The volume claim '${claimName}' has uid '${claim.metadata.uid}', expected '${uid}': an empty volume is in the place of the one with the data`,
      );
    }
  }
  return undefined;
}

/** A claim that is deleted stays while a pod holds it; whatever ends that pod ends the data. */
export function diagnoseVolumeDeletion(
  record: StoreRecord,
  { claims = [] }: StoreObservation,
): Diagnosis | undefined {
  const going = claims.find(
    ({ metadata }) =>
      metadata.deletionTimestamp &&
      metadata.uid !== undefined &&
      metadata.uid === record.claimUids?.[metadata.name],
  );
  if (!going) return undefined;
  const { deletionTimestamp, finalizers = [], name } = going.metadata;
  return createDiagnosis(
    'VolumeBeingDeleted',
    `The volume claim '${name}' was deleted at ${deletionTimestamp} and goes when its pod ends (${finalizers.join(
      ', ',
    )})`,
    0,
  );
}

/** Without the label that bounds us to our stores the admission policy lets us touch the namespace no more. */
export function diagnoseOwnership(
  record: StoreRecord,
  { namespace }: StoreObservation,
): Diagnosis | undefined {
  if (!namespace?.exists || !namespace.ours || namespace.terminating) {
    return undefined;
  }
  const found = namespace.labels[STORE_ID_ANNOTATION];
  if (found === record.id) return undefined;
  const command = `kubectl label namespace ${record.namespace} ${STORE_ID_ANNOTATION}=${record.id} --overwrite`;
  return {
    ...createDiagnosis(
      'OwnershipRemoved',
      `The namespace '${
        record.namespace
      }' has the label '${STORE_ID_ANNOTATION}' ${
        found === undefined ? 'no more' : `as '${found}'`
      }, expected '${record.id}'`,
      0,
    ),
    remedy: `Set it again: ${command}`,
  };
}

function lost(message: string): Diagnosis {
  return createDiagnosis('DataLost', message, 0);
}
