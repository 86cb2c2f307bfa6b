import type { StorePatch } from '../../database/StoreRecord';
import { type ConditionChange, withConditions } from '../storeConditions';
import type { StorePass } from '../StorePass';

/** A step that worked ends a series of attempts; what a FAILED store or an upgrade says stays until it serves. */
export function progress(pass: StorePass): StorePatch {
  const attempts = { attempt: 0, nextAttemptAt: undefined };
  const { reason, state } = pass.record;
  return state === 'FAILED' || state === 'DEGRADED' || reason === 'Upgrading'
    ? attempts
    : {
        ...attempts,
        reason: undefined,
        message: undefined,
        remedy: undefined,
      };
}

/** The patch that puts changes into the store's conditions. */
export function conditions(
  pass: StorePass,
  ...changes: ConditionChange[]
): Pick<StorePatch, 'conditions'> {
  return { conditions: withConditions(pass.record, changes, new Date()) };
}
