import type { StoreObservation } from '../cluster';
import {
  createPod,
  ended,
  logged,
  unscheduled,
  waiting,
} from './__testUtils__/trouble';
import { diagnose } from './diagnose';

describe('diagnose of pods', () => {
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

  it('knows from the first exit that a store found nothing where its data was', () => {
    expect(
      diagnose({
        pods: [createPod(ended(1, 'Error', 1))],
        logs: logged('DataLost: the volume is empty'),
      }),
    ).toMatchObject({ reason: 'DataLost', patienceSeconds: 0 });
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

  it('finds the image and the end of what runs before the shop, too', () => {
    const before = (status: object) => ({
      ...createPod({}),
      status: { initContainerStatuses: [{ name: 'prepare', ...status }] },
    });
    expect(
      diagnose({ pods: [before(waiting('ErrImageNeverPull'))] }),
    ).toMatchObject({
      reason: 'ImagePullFailed',
      message: expect.stringContaining("Container 'prepare'"),
    });
    expect(diagnose({ pods: [before(ended(1, 'Error', 3))] })).toMatchObject({
      reason: 'CrashLooping',
    });
  });

  it.each<[string, object]>([
    ['ended for the first time', { ...ended(1, 'Error', 3), restartCount: 0 }],
    ['was restarted, nobody knows why', { restartCount: 2, ready: false }],
    ['is ready again', { ...ended(1, 'Error', 3), ready: true }],
  ])('finds nothing wrong with a container that %s', (_, status) => {
    expect(diagnose({ pods: [createPod(status)] })).toBeUndefined();
  });

  it.each<[string, StoreObservation['logs']]>([
    ['nothing was logged', undefined],
    ['what it logged is empty', logged(' \n')],
    ['another pod logged it', logged('DataLost', { pod: 'old' })],
    [
      'another container logged it',
      logged('MigrationFailed', { container: 'prepare' }),
    ],
  ])('quotes nobody where %s', (_, logs) => {
    expect(
      diagnose({ pods: [createPod(ended(137, undefined, 3))], logs }),
    ).toEqual({
      reason: 'CrashLooping',
      message:
        "Container 'medusa' of pod 'medusa-api-1' exited with 137 (no reason given), 3 times so far",
      remedy: expect.any(String),
      patienceSeconds: 0,
    });
  });

  it('quotes the last words without the space around them', () => {
    const pods = [createPod(ended(1, 'Error', 3))];
    expect(diagnose({ pods, logs: logged('\n no\n\n') })?.message).toMatch(
      /so far; its last lines:\nno$/,
    );
  });

  it.each([
    ['Unschedulable', undefined, "Pod 'medusa-api-1': no node takes it"],
    ['SchedulingGated', 'not yet', undefined],
    [
      'Unschedulable',
      'pod has unbound immediate PersistentVolumeClaims',
      undefined,
    ],
  ])('says of a pod that is %s, %s: %s', (reason, words, message) => {
    expect(diagnose({ pods: [unscheduled(words, reason)] })?.message).toBe(
      message,
    );
  });
});
