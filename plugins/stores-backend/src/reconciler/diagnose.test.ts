import {
  ClusterApiError,
  ClusterUnreachableError,
  type ContainerStatus,
  type PodObject,
  type StoreObservation,
} from '../cluster';
import { HelmError } from '../helm';
import { createWorkload } from './__testUtils__/records';
import { diagnose, diagnoseTimeout } from './diagnose';
import { diagnoseError } from './diagnoseError';
import { NamespaceConflictError } from './NamespaceConflictError';

function createPod(status: Partial<ContainerStatus>): PodObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'medusa-api-1' },
    status: { containerStatuses: [{ name: 'medusa', ...status }] },
  };
}

const waiting = (reason: string, message = 'words of the kubelet') => ({
  state: { waiting: { reason, message } },
});
const ended = (exitCode: number, reason: string, restartCount: number) => ({
  restartCount,
  ready: false,
  lastState: { terminated: { exitCode, reason } },
});
const logged = (text: string): StoreObservation['logs'] => [
  { pod: 'medusa-api-1', container: 'medusa', text },
];
const warning = (reason: string, name: string, message: string) => ({
  apiVersion: 'v1',
  kind: 'Event',
  metadata: { name: `${name}.1` },
  type: 'Warning',
  reason,
  message,
  involvedObject: { name },
});

describe('diagnose', () => {
  it('finds nothing wrong with pods that are on their way', () => {
    expect(diagnose({})).toBeUndefined();
    expect(
      diagnose({ pods: [createPod(waiting('ContainerCreating'))] }),
    ).toBeUndefined();
    expect(diagnose({ pods: [createPod({ ready: true })] })).toBeUndefined();
  });

  it.each([
    ['ErrImageNeverPull', 0],
    ['ImagePullBackOff', 0],
    ['InvalidImageName', 0],
    ['ErrImagePull', 30],
  ])('takes %s for a missing image', (reason, patienceSeconds) => {
    expect(diagnose({ pods: [createPod(waiting(reason))] })).toMatchObject({
      reason: 'ImagePullFailed',
      message: `Container 'medusa' of pod 'medusa-api-1': ${reason}: words of the kubelet`,
      remedy: expect.any(String),
      patienceSeconds,
    });
  });

  it('gives up on a container that keeps exiting, with its last words', () => {
    const observation = (restarts: number) => ({
      pods: [createPod(ended(1, 'Error', restarts))],
      logs: logged('TypeError: no'),
    });
    expect(diagnose(observation(1))).toMatchObject({ patienceSeconds: 300 });
    expect(diagnose(observation(3))).toMatchObject({
      reason: 'CrashLooping',
      message: expect.stringMatching(/exited with 1 .*3 times.*TypeError: no/s),
      patienceSeconds: 0,
    });
  });

  it('tells a failed migration and lack of memory from other exits', () => {
    expect(
      diagnose({
        pods: [createPod(ended(1, 'Error', 3))],
        logs: logged(
          "Error: MigrationFailed: 'medusa db:migrate' ended with '1'",
        ),
      }),
    ).toMatchObject({ reason: 'MigrationFailed' });
    expect(
      diagnose({ pods: [createPod(ended(137, 'OOMKilled', 3))] }),
    ).toMatchObject({ reason: 'OutOfMemory' });
  });

  it('says what keeps a claim from its volume, not that its pod waits for it', () => {
    expect(
      diagnose({
        pods: [
          {
            ...createPod({}),
            status: {
              conditions: [
                {
                  type: 'PodScheduled',
                  status: 'False',
                  reason: 'Unschedulable',
                  message: 'pod has unbound immediate PersistentVolumeClaims',
                },
              ],
            },
          },
        ],
        claims: [
          {
            apiVersion: 'v1',
            kind: 'PersistentVolumeClaim',
            metadata: { name: 'uploads' },
            status: { phase: 'Pending' },
          },
        ],
        warnings: [
          warning('ProvisioningFailed', 'other', 'no'),
          warning('ProvisioningFailed', 'uploads', 'no such class'),
        ],
      }),
    ).toMatchObject({
      reason: 'VolumePending',
      message: "Claim 'uploads' is 'Pending', expected 'Bound': no such class",
    });
  });

  it.each([
    [
      'pods "medusa-api-1" is forbidden: exceeded quota: store, requested: pods=1',
      'QuotaExceeded',
    ],
    [
      'pods "x" is forbidden: violates PodSecurity "restricted"',
      'AdmissionDenied',
    ],
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

  it('says that no node takes a pod', () => {
    const pod = {
      ...createPod({}),
      status: {
        conditions: [
          {
            type: 'PodScheduled',
            status: 'False',
            reason: 'Unschedulable',
            message: '0/1 nodes are available: 1 Insufficient memory.',
          },
        ],
      },
    };
    expect(diagnose({ pods: [pod] })).toMatchObject({
      reason: 'Unschedulable',
      message: expect.stringContaining('Insufficient memory'),
      remedy: expect.any(String),
    });
  });

  it.each(['FailedMount', 'FailedAttachVolume'])(
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

  it('knows from the first exit that a store found nothing where its data was', () => {
    expect(
      diagnose({
        pods: [createPod(ended(1, 'Error', 1))],
        logs: logged('DataLost: the volume is empty'),
      }),
    ).toMatchObject({ reason: 'DataLost', patienceSeconds: 0 });
  });

  it('judges pods that only try images when it is asked to', () => {
    const pod = createPod(waiting('ErrImageNeverPull'));
    const trial = {
      ...pod,
      metadata: {
        ...pod.metadata,
        labels: { 'app.kubernetes.io/component': 'image-trial' },
      },
    };
    expect(diagnose({ pods: [trial] })).toBeUndefined();
    expect(diagnose({ pods: [trial] }, { trials: true })).toMatchObject({
      reason: 'ImagePullFailed',
    });
  });

  it('says at the deadline what lacks', () => {
    expect(
      diagnoseTimeout(
        { workloads: [createWorkload('Deployment', false)] },
        600,
      ),
    ).toMatchObject({
      reason: 'Timeout',
      message:
        "Not ready within 600 s: Deployment 'medusa-api' has 0 of 1 pods ready",
    });
  });
});

describe('diagnoseError', () => {
  const refusal = (status: number, words: string, reason?: string) =>
    new ClusterApiError('PATCH deployments/medusa-api', status, reason, words);

  it.each([
    [new NamespaceConflictError('taken'), 'NamespaceConflict'],
    [new HelmError('helm template failed: scheme'), 'RenderFailed'],
    [refusal(422, 'spec.replicas: Invalid value: -1'), 'ApplyFailed'],
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
    refusal(409, 'the object has been modified', 'Conflict'),
    refusal(429, 'slow down'),
    refusal(500, 'etcdserver: leader changed'),
    new ClusterUnreachableError('no answer'),
    new TypeError('a mistake of ours'),
  ])('does not blame the store for %s', error => {
    expect(diagnoseError(error)).toBeUndefined();
  });
});
