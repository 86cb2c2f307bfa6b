import type { KubernetesObject, PodObject } from '../cluster';
import { createRecord } from './__testUtils__/records';
import {
  buildImageTrial,
  isImagePulled,
  isImageTrial,
  newImages,
} from './imageTrial';

const workload = (name: string, image: string): KubernetesObject => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name },
  spec: {
    template: {
      spec: {
        serviceAccountName: 'store',
        securityContext: { runAsNonRoot: true },
        containers: [
          {
            name,
            image,
            imagePullPolicy: 'Never',
            securityContext: { readOnlyRootFilesystem: true },
            env: [{ name: 'SECRET' }],
          },
        ],
      },
    },
  },
});

describe('imageTrial', () => {
  const present = [workload('postgres', 'db:15'), workload('medusa', 'shop:1')];
  const next = [workload('postgres', 'db:15'), workload('medusa', 'shop:2')];

  it('tries only what is new', () => {
    expect(newImages(present, present)).toEqual([]);
    expect(newImages(present, next)).toMatchObject([{ image: 'shop:2' }]);
  });

  it('is a pod that pulls as the workload does, and runs nothing of it', () => {
    const pod = buildImageTrial({
      record: createRecord({ generation: 2 }),
      installationId: 'installation',
      objects: next,
      containers: newImages(present, next),
    });
    expect(pod.metadata.name).toBe('image-trial-2');
    expect(isImageTrial(pod)).toBe(true);
    expect(pod.spec).toMatchObject({
      restartPolicy: 'Never',
      automountServiceAccountToken: false,
      serviceAccountName: 'store',
      securityContext: { runAsNonRoot: true },
      containers: [
        {
          image: 'shop:2',
          imagePullPolicy: 'Never',
          securityContext: { readOnlyRootFilesystem: true },
          command: ['true'],
        },
      ],
    });
    expect(JSON.stringify(pod)).not.toContain('SECRET');
  });

  it.each([
    ['runs', { running: {} }, true],
    ['has ended', { terminated: { exitCode: 1 } }, true],
    ['lacks the program', { waiting: { reason: 'RunContainerError' } }, true],
    ['is being pulled', { waiting: { reason: 'ContainerCreating' } }, false],
    ['can’t be pulled', { waiting: { reason: 'ImagePullBackOff' } }, false],
  ])(
    'knows whether the image is there when its container %s',
    (_, state, there) => {
      const pod: PodObject = {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name: 'image-trial-2' },
        spec: { containers: [{}] },
        status: { containerStatuses: [{ name: 'image-0', state }] },
      };
      expect(isImagePulled(pod)).toBe(there);
      expect(isImagePulled({ ...pod, status: {} })).toBe(false);
    },
  );
});
