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

  it('belongs to its store, and is told from the workloads', () => {
    const { metadata } = buildImageTrial({
      record: createRecord({ generation: 2 }),
      installationId: 'installation',
      objects: next,
      containers: [],
    });
    expect(metadata).toEqual({
      name: 'image-trial-2',
      namespace: 'store-toys-x7k2p',
      labels: {
        'app.kubernetes.io/part-of': 'storeyard',
        'app.kubernetes.io/name': 'image-trial',
        'app.kubernetes.io/component': 'image-trial',
        'storeyard.dev/store-id': 'toys-x7k2p',
        'storeyard.dev/installation': 'installation',
      },
    });
    expect(isImageTrial(workload('medusa', 'shop:1'))).toBe(false);
  });

  it('tries an image once that several containers have', () => {
    const twice = [workload('medusa', 'shop:2'), workload('worker', 'shop:2')];
    expect(newImages(present, twice)).toHaveLength(1);
    const service = {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'a' },
    };
    expect(newImages([service], [service])).toEqual([]);
  });

  it('waits for all of several images', () => {
    const pod = (count: number): PodObject => ({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'image-trial-2' },
      spec: { containers: [{}, {}] },
      status: {
        containerStatuses: Array.from({ length: count }, (_, index) => ({
          name: `image-${index}`,
          state: { running: {} },
        })),
      },
    });
    expect(isImagePulled(pod(0))).toBe(false);
    expect(isImagePulled(pod(1))).toBe(false);
    expect(isImagePulled(pod(2))).toBe(true);
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
