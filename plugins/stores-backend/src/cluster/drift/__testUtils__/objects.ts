import type {
  FieldsV1,
  KubernetesObject,
  ManagedFieldsEntry,
} from '../../types';

type KeysByField = Record<string, string[]>;

const KEYS: KeysByField = {
  ports: ['port', 'containerPort', 'protocol'],
  containers: ['name'],
  env: ['name'],
  volumes: ['name'],
};

/** The fields of an object as the API server would note them for whoever applied all of it; lists of scalars are atomic. */
export function fieldsOf(value: unknown, keys: KeysByField = KEYS): FieldsV1 {
  if (Array.isArray(value)) return {};
  if (typeof value !== 'object' || value === null) return {};
  return Object.fromEntries(
    Object.entries(value).map(([field, content]) => {
      const itemKeys = keys[field];
      return [
        `f:${field}`,
        Array.isArray(content) && itemKeys
          ? Object.fromEntries(
              content.map(item => [
                `k:${JSON.stringify(
                  Object.fromEntries(
                    itemKeys
                      .filter(key => key in item)
                      .map(key => [key, item[key]]),
                  ),
                )}`,
                { '.': {}, ...fieldsOf(item, keys) },
              ]),
            )
          : fieldsOf(content, keys),
      ];
    }),
  );
}

/** An object as the API server answers our apply. */
export function applied(object: KubernetesObject): KubernetesObject {
  const { apiVersion, kind, metadata, ...content } = object;
  const { labels, annotations } = metadata;
  return {
    ...object,
    metadata: {
      ...metadata,
      uid: 'u-1',
      resourceVersion: '10',
      managedFields: [
        entry(
          'helm',
          {
            ...fieldsOf(content),
            ...((labels || annotations) && {
              'f:metadata': fieldsOf({
                ...(labels && { labels }),
                ...(annotations && { annotations }),
              }),
            }),
          },
          { operation: 'Apply' },
        ),
      ],
    },
  };
}

export function entry(
  manager: string,
  fieldsV1: FieldsV1,
  more: Partial<ManagedFieldsEntry> = {},
): ManagedFieldsEntry {
  return {
    manager,
    operation: 'Update',
    apiVersion: 'v1',
    time: '2026-11-24T10:00:00Z',
    fieldsType: 'FieldsV1',
    fieldsV1,
    ...more,
  };
}

type NotEmpty<Item> = [Item, ...Item[]];

interface EditedContainer {
  name: string;
  image: string;
  env?: { name: string; value: string }[];
  resources?: { requests: Record<string, string> };
}

/** The shop's container, which has all of it. */
type EditedShop = Required<EditedContainer>;

/** An object as the tests change it: each has some of these fields. */
export interface EditedObject extends KubernetesObject {
  metadata: KubernetesObject['metadata'] & {
    labels: Record<string, string>;
    annotations: Record<string, string>;
    managedFields: ManagedFieldsEntry[];
    ownerReferences?: { uid: string }[];
  };
  spec: {
    ports: NotEmpty<{
      name?: string;
      port: number;
      protocol: string;
      nodePort?: number;
    }>;
    resources: { requests: Record<string, string> };
    template: {
      metadata: { annotations?: Record<string, string> };
      spec: {
        containers: [EditedShop, ...EditedContainer[]];
      };
    };
    [field: string]: unknown;
  };
}

/** A copy with changes and, after them, further field managers. */
export function edited(
  object: KubernetesObject,
  change: (copy: EditedObject) => void,
  ...entries: ManagedFieldsEntry[]
): KubernetesObject {
  const copy = structuredClone(object);
  change(copy as EditedObject);
  copy.metadata.managedFields?.push(...entries);
  return copy;
}

/** A set of fields with one path held, written as segments. */
export function held(...path: string[]): FieldsV1 {
  return path.reduceRight<FieldsV1>(
    (below, segment) => ({ [segment]: below }),
    {},
  );
}

export const deployment: KubernetesObject = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: {
    name: 'medusa-api',
    namespace: 'store-a',
    labels: { 'storeyard.dev/store-id': 'a' },
    annotations: { 'storeyard.dev/generation': '1' },
  },
  spec: {
    replicas: 1,
    template: {
      metadata: { labels: { app: 'medusa' } },
      spec: {
        containers: [
          {
            name: 'medusa',
            image: 'shop:1',
            env: [
              { name: 'STORE_NAME', value: 'A' },
              { name: 'ADMIN_EMAIL', value: 'a@example.org' },
            ],
            resources: { requests: { cpu: '1' } },
          },
        ],
      },
    },
  },
};

export const service: KubernetesObject = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: {
    name: 'medusa-api',
    namespace: 'store-a',
    labels: { 'storeyard.dev/store-id': 'a' },
  },
  spec: {
    selector: { app: 'medusa' },
    ports: [{ name: 'http', port: 80, protocol: 'TCP', targetPort: 'http' }],
  },
};

export const claim: KubernetesObject = {
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: {
    name: 'uploads',
    namespace: 'store-a',
    labels: { 'storeyard.dev/store-id': 'a' },
  },
  spec: {
    accessModes: ['ReadWriteOnce'],
    resources: { requests: { storage: '1Gi' } },
  },
};

export const ingress: KubernetesObject = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'Ingress',
  metadata: { name: 'medusa-api', namespace: 'store-a' },
  spec: { ingressClassName: 'traefik', rules: [{ host: 'a.localhost' }] },
};

export const serviceAccount: KubernetesObject = {
  apiVersion: 'v1',
  kind: 'ServiceAccount',
  metadata: { name: 'store', namespace: 'store-a' },
  automountServiceAccountToken: false,
};

export const namespace: KubernetesObject = {
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name: 'store-a', labels: { 'storeyard.dev/store-id': 'a' } },
};
