import {
  INSTALLATION_LABEL,
  STORE_ID_ANNOTATION,
} from '@storeyard/backstage-plugin-stores-common';
import type {
  ContainerStatus,
  KubernetesObject,
  PodObject,
  WorkloadObject,
} from '../cluster';
import type { StoreRecord } from '../database/StoreRecord';

const COMPONENT_LABEL = 'app.kubernetes.io/component';
const COMPONENT = 'image-trial';

export const IMAGE_TRIAL_SELECTOR = `${COMPONENT_LABEL}=${COMPONENT}`;

/** Reasons that a container waits for which it can have only once its image is there. */
const PULLED =
  /^(CreateContainerError|CreateContainerConfigError|RunContainerError|CrashLoopBackOff|StartError)$/;

export function imageTrialName(generation: number): string {
  return `image-trial-${generation}`;
}

export function isImageTrial({ metadata }: KubernetesObject): boolean {
  return metadata.labels?.[COMPONENT_LABEL] === COMPONENT;
}

/** Whether every image of the pod has been pulled; what the programs in it do doesn't matter. */
export function isImagePulled(pod: PodObject): boolean {
  const wanted = (pod.spec as { containers?: unknown[] } | undefined)
    ?.containers?.length;
  const statuses = pod.status?.containerStatuses ?? [];
  return (
    statuses.length > 0 && statuses.length === wanted && statuses.every(isThere)
  );
}

function isThere({ state }: ContainerStatus): boolean {
  return (
    state?.running !== undefined ||
    state?.terminated !== undefined ||
    PULLED.test(state?.waiting?.reason ?? '')
  );
}

interface PodTemplate {
  spec?: {
    serviceAccountName?: string;
    imagePullSecrets?: unknown;
    securityContext?: unknown;
    containers?: TrialContainer[];
  };
}

interface TrialContainer {
  name: string;
  image?: string;
  imagePullPolicy?: string;
  securityContext?: unknown;
}

/** The containers of the next objects whose images the present ones don't have. */
export function newImages(
  present: readonly KubernetesObject[],
  next: readonly KubernetesObject[],
): TrialContainer[] {
  const known = new Set(
    present
      .flatMap(podTemplate)
      .flatMap(containers)
      .map(({ image }) => image),
  );
  const found = new Map<string, TrialContainer>();
  for (const container of next.flatMap(podTemplate).flatMap(containers)) {
    if (container.image && !known.has(container.image)) {
      found.set(container.image, container);
    }
  }
  return [...found.values()];
}

/** A pod that pulls images as the workloads would, and ends. */
export function buildImageTrial(options: {
  record: StoreRecord;
  installationId: string;
  objects: readonly KubernetesObject[];
  containers: readonly TrialContainer[];
}): KubernetesObject {
  const { record, installationId, objects } = options;
  const [template] = objects
    .flatMap(podTemplate)
    .filter(({ spec }) =>
      spec?.containers?.some(({ image }) =>
        options.containers.some(wanted => wanted.image === image),
      ),
    );
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: imageTrialName(record.generation),
      namespace: record.namespace,
      labels: {
        'app.kubernetes.io/part-of': 'storeyard',
        'app.kubernetes.io/name': COMPONENT,
        [COMPONENT_LABEL]: COMPONENT,
        [STORE_ID_ANNOTATION]: record.id,
        [INSTALLATION_LABEL]: installationId,
      },
    },
    spec: {
      restartPolicy: 'Never',
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      terminationGracePeriodSeconds: 0,
      serviceAccountName: template?.spec?.serviceAccountName,
      imagePullSecrets: template?.spec?.imagePullSecrets,
      securityContext: template?.spec?.securityContext,
      containers: options.containers.map(
        ({ image, imagePullPolicy, securityContext }, index) => ({
          name: `image-${index}`,
          image,
          imagePullPolicy,
          securityContext,
          // Whether there is such a program in it makes no difference.
          command: ['true'],
          resources: {
            requests: { cpu: '10m', memory: '16Mi' },
            limits: { cpu: '100m', memory: '64Mi' },
          },
        }),
      ),
    },
  };
}

function podTemplate(object: KubernetesObject): PodTemplate[] {
  const { template } =
    (
      object as WorkloadObject & {
        spec?: { template?: PodTemplate };
      }
    ).spec ?? {};
  return template ? [template] : [];
}

function containers({ spec }: PodTemplate): TrialContainer[] {
  return spec?.containers ?? [];
}
