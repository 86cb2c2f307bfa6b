import type { DriftFinding, KubernetesObject } from '../cluster';
import type { Diagnosis } from './Diagnosis';

/** The one thing to do next for a store. */
export type StoreStep =
  | { type: 'begin' }
  | { type: 'render' }
  /** Takes a slot to boot, or a place among those that wait for one. */
  | { type: 'request-boot' }
  /** Gives slot and place back: the store can't use them now. */
  | { type: 'release-boot' }
  | { type: 'create-namespace' }
  | { type: 'apply-secrets' }
  /** Everything, with no pod of database and shop: they wait for their turn. */
  | { type: 'apply-held' }
  | { type: 'apply-objects' }
  /** Forgets what was applied: the namespace went away before the store ever had data. */
  | { type: 'start-over' }
  /** Writes secrets and objects once more; what nobody touched is not written by the API server. */
  | { type: 'reapply' }
  /** Our labels and annotations of the namespace, and its Pod Security. */
  | { type: 'repair-namespace'; uid: string; findings: DriftFinding[] }
  | { type: 'repair'; findings: DriftFinding[] }
  /** What a crash left to be told of is found repaired. */
  | { type: 'tell-repaired' }
  /** A paused store's drift is said and left as it is. */
  | { type: 'report-drift'; findings: DriftFinding[] }
  | { type: 'record-claims' }
  /** Lets the pods know that there is data, so that none starts on nothing. */
  | { type: 'keep-facts' }
  | { type: 'become-ready' }
  | { type: 'degrade'; diagnosis: Diagnosis }
  | { type: 'fail'; diagnosis: Diagnosis }
  /** A person's retry: stuck pods are replaced, everything is done at once. */
  | { type: 'retry'; acceptDataLoss: boolean }
  | { type: 'refuse-retry'; diagnosis: Diagnosis }
  | { type: 'end-pause' }
  /** Pulls an upgrade's new images in a throw-away pod. */
  | { type: 'try-images' }
  | { type: 'switch-generation' }
  | { type: 'fail-upgrade'; diagnosis: Diagnosis }
  | { type: 'remove-release' }
  | { type: 'delete-workloads' }
  /** `underway`: the API server was told already, which is only to be noted. */
  | { type: 'delete-namespace'; uid: string; underway: boolean }
  | { type: 'finish-deletion'; message: string }
  /** The namespace of a DELETED store is there again. */
  | { type: 'delete-reappeared'; uid: string }
  | { type: 'report-reappeared' }
  /** Shows what the store waits for, and looks again later. */
  | { type: 'wait'; inMs: number; diagnosis?: Diagnosis }
  /** Nothing to do until somebody asks or the regular visit comes. */
  | { type: 'rest' };

/** What the planner is told besides record and observation. */
export interface PlanFacts {
  now: Date;
  /** Seconds since the store's objects were applied, or since this process can say so: a restart costs no store its deadline. */
  waitingSeconds: number;
  deadlineSeconds: number;
  /** The regular visit is due: objects are to be applied again. */
  reapplyDue: boolean;
  /** This process has not told the pods yet that there is data. */
  factsDue: boolean;
  /** No slot to boot was free a moment ago. */
  bootRefused: boolean;
  /** Seconds since another store began to boot, of those that boot still. */
  lastBootSeconds?: number;
  /** The namespace as it shall be. */
  namespace?: KubernetesObject;
  /** Seconds since this process saw the deletion first. */
  deletingSeconds: number;
}
