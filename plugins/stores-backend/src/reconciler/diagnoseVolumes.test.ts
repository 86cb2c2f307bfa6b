import type { EventObject } from '../cluster';
import { createPod, unscheduled, warning } from './__testUtils__/trouble';
import { diagnose } from './diagnose';

describe('diagnose of volumes', () => {
  it('says what keeps a claim from its volume, not that its pod waits for it', () => {
    const claim = (name: string, phase?: string) => ({
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name },
      status: phase ? { phase } : undefined,
    });
    const pods = [
      unscheduled('pod has unbound immediate PersistentVolumeClaims'),
    ];
    const bound = claim('data-postgres-0', 'Bound');
    const warnings = [
      warning('ProvisioningFailed', 'uploads', 'at first'),
      warning('ProvisioningFailed', 'uploads', 'no such class'),
      warning('ProvisioningFailed', 'other', 'no'),
    ];
    expect(
      diagnose({
        pods,
        claims: [bound, claim('uploads', 'Pending')],
        warnings,
      }),
    ).toMatchObject({
      reason: 'VolumePending',
      message: "Claim 'uploads' is 'Pending', expected 'Bound': no such class",
      patienceSeconds: 120,
    });
    expect(
      diagnose({ claims: [claim('data', 'Lost')], warnings }),
    ).toMatchObject({
      message: "Claim 'data' is 'Lost', expected 'Bound'",
      patienceSeconds: 300,
    });
    expect(diagnose({ claims: [claim('data')] })).toMatchObject({
      message: "Claim 'data' is 'Pending', expected 'Bound'",
    });
    expect(diagnose({ claims: [bound], warnings })).toBeUndefined();
  });

  it.each(['FailedMount', 'FailedAttachVolume', 'FailedMapVolume'])(
    "says why a pod can't have its volume: %s",
    reason => {
      const pod = { ...createPod({}), status: { phase: 'Pending' } };
      expect(
        diagnose({
          pods: [pod],
          warnings: [warning(reason, 'medusa-api-1', 'volume is elsewhere')],
        }),
      ).toMatchObject({
        reason: 'VolumePending',
        message: expect.stringContaining('volume is elsewhere'),
      });
    },
  );

  it.each<[string, string, EventObject[]]>([
    ['no warning says so', 'Pending', []],
    [
      'another warning is about it',
      'Pending',
      [warning('FailedScheduling', 'medusa-api-1', 'no node')],
    ],
    [
      'it is about another pod',
      'Pending',
      [warning('FailedMount', 'medusa-api-0', 'elsewhere')],
    ],
    [
      'it got it later',
      'Running',
      [warning('FailedMount', 'medusa-api-1', 'elsewhere')],
    ],
  ])('says nothing of a volume where %s', (_, phase, warnings) => {
    const pod = { ...createPod({}), status: { phase } };
    expect(diagnose({ pods: [pod], claims: [], warnings })).toBeUndefined();
  });
});
