import type { Diagnosis } from './diagnose';

/** The one thing to do next for a store. */
export type StoreStep =
  | { type: 'begin' }
  | { type: 'render' }
  | { type: 'create-namespace' }
  | { type: 'apply-secrets' }
  | { type: 'apply-objects' }
  /** Forgets what was applied: the namespace went away before the store ever had data. */
  | { type: 'start-over' }
  /** Writes secrets and objects once more; what nobody touched is not written by the API server. */
  | { type: 'reapply' }
  | { type: 'become-ready' }
  | { type: 'degrade'; diagnosis: Diagnosis }
  | { type: 'fail'; diagnosis: Diagnosis }
  | { type: 'remove-release' }
  | { type: 'delete-workloads' }
  /** `underway`: the API server was told already, which is only to be noted. */
  | { type: 'delete-namespace'; uid: string; underway: boolean }
  | { type: 'finish-deletion'; message: string }
  /** Shows what the store waits for, and looks again later. */
  | { type: 'wait'; inMs: number; diagnosis?: Diagnosis }
  /** Nothing to do until somebody asks or the regular visit comes. */
  | { type: 'rest' };

/** What the planner is told besides record and observation. */
export interface PlanFacts {
  /** Seconds since the store's objects were applied, or since this process can say so: a restart costs no store its deadline. */
  waitingSeconds: number;
  deadlineSeconds: number;
  /** The regular visit is due: objects are to be applied again. */
  reapplyDue: boolean;
  /** Seconds since the deletion's last step, as this process knows. */
  deletingSeconds: number;
}
