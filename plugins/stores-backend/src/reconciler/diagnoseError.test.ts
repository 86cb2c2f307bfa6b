import { ClusterApiError, ClusterUnreachableError } from '../cluster';
import { HelmError } from '../helm';
import { diagnoseError } from './diagnoseError';
import { NamespaceConflictError } from './NamespaceConflictError';

describe('diagnoseError', () => {
  const refusal = (status: number, words: string, reason?: string) =>
    new ClusterApiError('PATCH deployments/medusa-api', status, reason, words);

  it.each([
    [new NamespaceConflictError('taken'), 'NamespaceConflict'],
    [new HelmError('helm template failed: scheme'), 'RenderFailed'],
    [refusal(422, 'spec.replicas: Invalid value: -1'), 'ApplyFailed'],
    [refusal(400, 'unknown field "spec.replicaz"'), 'ApplyFailed'],
    [
      refusal(403, 'claims "a" is forbidden: exceeded quota: store'),
      'QuotaExceeded',
    ],
    [
      refusal(403, "ValidatingAdmissionPolicy 'x' denied request: no"),
      'AdmissionDenied',
    ],
  ])('blames the store for %s', (error, reason) => {
    expect(diagnoseError(error)).toMatchObject({
      reason,
      message: error.message,
    });
  });

  it.each([
    refusal(403, 'secrets is forbidden: User "x" cannot patch resource'),
    refusal(403, 'claims "a" is forbidden: status unknown for quota: store'),
    refusal(403, 'unable to create new content: namespace is being terminated'),
    refusal(404, 'deployments "medusa-api" not found'),
    refusal(409, 'the object has been modified', 'Conflict'),
    refusal(429, 'slow down'),
    refusal(500, 'etcdserver: leader changed'),
    new ClusterUnreachableError('no answer'),
    new TypeError('a mistake of ours'),
  ])('does not blame the store for %s', error => {
    expect(diagnoseError(error)).toBeUndefined();
  });
});
