import { ClusterApiError, isRoleDenial, isShortLivedRefusal } from '../cluster';
import { HelmError } from '../helm';
import { createDiagnosis, type Diagnosis } from './Diagnosis';
import { diagnoseRefusal } from './diagnoseAdmission';
import { NamespaceConflictError } from './NamespaceConflictError';

/**
 * What an error of a step says about the store. Undefined when it says nothing: the step is then repeated, with the
 * store's deadline as the end.
 */
export function diagnoseError(error: unknown): Diagnosis | undefined {
  if (error instanceof NamespaceConflictError) {
    return createDiagnosis('NamespaceConflict', error.message, 0);
  }
  if (error instanceof HelmError) {
    return createDiagnosis('RenderFailed', error.message, 0);
  }
  if (!(error instanceof ClusterApiError)) return undefined;
  if (isRoleDenial(error) || isShortLivedRefusal(error)) return undefined;
  if (error.status === 422 || error.status === 400) {
    return createDiagnosis('ApplyFailed', error.message, 0);
  }
  if (error.status === 403) {
    const refusal = diagnoseRefusal(error.words);
    return { ...refusal, message: error.message };
  }
  return undefined;
}
