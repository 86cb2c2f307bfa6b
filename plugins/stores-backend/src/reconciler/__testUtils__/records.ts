import type { StoreObservation, WorkloadObject } from '../../cluster';
import type { StoreRecord } from '../../database/StoreRecord';
import {
  APPLIED,
  type ConditionChange,
  withConditions,
} from '../storeConditions';

/** A record with all that a test doesn't care about. */
export function createRecord(
  record: Partial<StoreRecord> = {},
  ...conditions: ConditionChange[]
): StoreRecord {
  const now = new Date('2026-01-01T00:00:00Z');
  const complete: StoreRecord = {
    id: 'toys-x7k2p',
    name: 'Toys',
    slug: 'toys',
    engine: 'medusa',
    plan: 'small',
    owner: 'group:default/toys',
    createdBy: 'user:default/ada',
    parameters: {},
    protected: false,
    state: 'PROVISIONING',
    conditions: [],
    namespace: 'store-toys-x7k2p',
    nonce: 'nonce',
    attempt: 0,
    generation: 1,
    observedGeneration: 0,
    leaseEpoch: 0,
    requestSeq: 0,
    createdAt: now,
    updatedAt: now,
    ...record,
  };
  return {
    ...complete,
    conditions: withConditions(complete, conditions, now),
  };
}

export const applied: ConditionChange[] = [
  { type: 'NamespaceReady', status: 'True' },
  { type: 'Applied', status: 'True', reason: APPLIED.objects },
];

export function createWorkload(
  kind: 'Deployment' | 'StatefulSet',
  ready: boolean,
): WorkloadObject {
  return {
    apiVersion: 'apps/v1',
    kind,
    metadata: {
      name: kind === 'Deployment' ? 'medusa-api' : 'postgres',
      generation: 1,
    },
    spec: { replicas: 1 },
    status: {
      observedGeneration: 1,
      replicas: 1,
      updatedReplicas: 1,
      readyReplicas: ready ? 1 : 0,
    },
  };
}

export const serving: StoreObservation = {
  probe: { ok: true },
  workloads: [
    createWorkload('StatefulSet', true),
    createWorkload('Deployment', true),
  ],
};
