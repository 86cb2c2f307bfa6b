import type { CheckStep } from './runChecklist';
import { clusterSteps } from './steps/clusterSteps';
import { requestSteps } from './steps/requestSteps';
import { shopSteps } from './steps/shopSteps';
import type { VerifiedStore } from './VerifiedStore';

/** Options of {@link createChecklist}. */
export interface ChecklistOptions {
  subject: VerifiedStore;
  /** How long a store may take to become READY. */
  readySeconds: number;
}

/** The fourteen steps, from a platform that answers to a store that is gone without residue. */
export function createChecklist(options: ChecklistOptions): CheckStep[] {
  const { subject } = options;
  return [
    ...requestSteps(subject, options),
    ...shopSteps(subject),
    ...clusterSteps(subject, options),
  ];
}
