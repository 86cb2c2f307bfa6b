import { createPod, warning } from './__testUtils__/trouble';
import { createWorkload } from './__testUtils__/records';
import { diagnose } from './diagnose';

describe('diagnose of pods that were never made', () => {
  it.each([
    [
      'pods "medusa-api-1" is forbidden: exceeded quota: store, requested: pods=1',
      'QuotaExceeded',
    ],
    [
      'pods "x" is forbidden: violates PodSecurity "restricted"',
      'AdmissionDenied',
    ],
    [
      'pods "x" is forbidden: failed quota: store: must specify limits.cpu for: medusa',
      'QuotaExceeded',
    ],
    ['admission webhook "x" denied the request: no', 'AdmissionDenied'],
    ['failed calling webhook "x": connection refused', 'ApplyFailed'],
    ["ValidatingAdmissionPolicy 'x' denied request: no", 'AdmissionDenied'],
  ])(
    'reads from a controller why pods were never made: %s',
    (message, reason) => {
      expect(
        diagnose({
          pods: [],
          warnings: [warning('FailedCreate', 'medusa-api', message)],
        }),
      ).toMatchObject({ reason, message });
      const workload = createWorkload('Deployment', false);
      expect(
        diagnose({
          workloads: [
            {
              ...workload,
              status: {
                ...workload.status,
                conditions: [
                  { type: 'ReplicaFailure', status: 'True', message },
                ],
              },
            },
          ],
        }),
      ).toMatchObject({ reason, message });
    },
  );

  it('looks for the cause of a pod that was not made though others were', () => {
    const message = 'pods "postgres-0" is forbidden: exceeded quota: store';
    const warnings = [warning('FailedCreate', 'postgres', message)];
    const pods = [createPod({ ready: true })];
    expect(diagnose({ pods, warnings })).toMatchObject({
      reason: 'QuotaExceeded',
    });
    const made = { ...createPod({}), metadata: { name: 'postgres-0' } };
    expect(diagnose({ pods: [...pods, made], warnings })).toBeUndefined();
  });

  it.each([
    'pods "a" is forbidden: status unknown for quota: store',
    'unable to create new content in namespace a because it is being terminated',
    'pods "a" is forbidden: error looking up service account a/store',
  ])('takes no offence at what ends by itself: %s', message => {
    expect(
      diagnose({
        pods: [],
        warnings: [warning('FailedCreate', 'medusa-api', message)],
      }),
    ).toBeUndefined();
  });

  it('says of several refusals the last', () => {
    expect(
      diagnose({
        pods: [],
        warnings: [
          warning('FailedCreate', 'postgres', 'exceeded quota: first'),
          warning('FailedCreate', 'medusa-api', 'exceeded quota: last'),
          warning('BackOff', 'medusa-api', 'exceeded quota: not a refusal'),
        ],
      }),
    ).toMatchObject({ message: 'exceeded quota: last' });
  });

  it.each([
    ['Available', 'True'],
    ['Progressing', 'False'],
    ['ReplicaFailure', 'False'],
  ])("takes a workload's %s that is %s for no refusal", (type, status) => {
    const workload = createWorkload('Deployment', true);
    expect(
      diagnose({
        workloads: [
          {
            ...workload,
            status: {
              ...workload.status,
              conditions: [{ type, status, message: 'exceeded quota: store' }],
            },
          },
        ],
      }),
    ).toBeUndefined();
  });
});
