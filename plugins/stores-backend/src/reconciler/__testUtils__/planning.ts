import type {
  ClaimObject,
  DriftFinding,
  NamespaceFacts,
  StoreObservation,
} from '../../cluster';
import type { PlanFacts } from '../StoreStep';

/** What a planner is told while nothing is due and nobody waits. */
export const facts: PlanFacts = {
  now: new Date('2026-01-01T01:00:00Z'),
  factsDue: false,
  bootRefused: false,
  waitingSeconds: 1,
  deadlineSeconds: 600,
  reapplyDue: false,
  deletingSeconds: 0,
};

export const ours: Extract<NamespaceFacts, { exists: true }> = {
  exists: true,
  uid: 'uid',
  ours: true,
  terminating: false,
  blockers: [],
  labels: { 'storeyard.dev/store-id': 'toys-x7k2p' },
  annotations: {},
};

export const refused: StoreObservation = {
  probe: { ok: false, message: 'GET /ready: answered 503' },
};

export const finding: DriftFinding = {
  object: {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'medusa-api', namespace: 'store-toys-x7k2p' },
  },
  type: 'gone',
  path: [],
  message: "Service 'medusa-api' was deleted",
};

export function createClaim(
  name: string,
  uid?: string,
  metadata: Partial<ClaimObject['metadata']> = {},
): ClaimObject {
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name, uid, ...metadata },
  };
}
