import {
  INSTALLATION_LABEL,
  NONCE_ANNOTATION,
  OWNER_ANNOTATION,
  STORE_ID_ANNOTATION,
} from '@storeyard/backstage-plugin-stores-common';
import type { KubernetesObject } from '../cluster';
import type { StoreRecord } from '../database/StoreRecord';
import type { StoreSecret } from '../engines';

const WORKER_ROLE = 'storeyard-store-worker';

/** The account that the orchestrator works under. */
export interface PlatformAccount {
  namespace: string;
  serviceAccount: string;
}

export interface StoreObjectOptions {
  record: StoreRecord;
  installationId: string;
}

function storeLabels(options: StoreObjectOptions): Record<string, string> {
  return {
    'app.kubernetes.io/part-of': 'storeyard',
    'app.kubernetes.io/instance': options.record.id,
    [STORE_ID_ANNOTATION]: options.record.id,
    [INSTALLATION_LABEL]: options.installationId,
  };
}

/** The store's namespace: Pod Security `restricted`, and the nonce by which we know it again. */
export function buildNamespace(
  options: StoreObjectOptions & { podSecurityVersion: string },
): KubernetesObject {
  const { record, podSecurityVersion } = options;
  return {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      name: record.namespace,
      labels: {
        ...storeLabels(options),
        'pod-security.kubernetes.io/enforce': 'restricted',
        'pod-security.kubernetes.io/enforce-version': podSecurityVersion,
      },
      annotations: {
        [OWNER_ANNOTATION]: record.owner,
        [NONCE_ANNOTATION]: record.nonce,
      },
    },
  };
}

/** Gives the orchestrator the store's namespace; the admission policy allows this binding and no other. */
export function buildRoleBinding(
  options: StoreObjectOptions & { account: PlatformAccount },
): KubernetesObject {
  const { record, account } = options;
  return {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'RoleBinding',
    metadata: {
      name: WORKER_ROLE,
      namespace: record.namespace,
      labels: storeLabels(options),
    },
    roleRef: {
      apiGroup: 'rbac.authorization.k8s.io',
      kind: 'ClusterRole',
      name: WORKER_ROLE,
    },
    subjects: [
      {
        kind: 'ServiceAccount',
        name: account.serviceAccount,
        namespace: account.namespace,
      },
    ],
  };
}

/** The engine's secrets as the pods read them. They are not in the chart, so that no release record holds them. */
export function buildSecrets(
  options: StoreObjectOptions & { secrets: readonly StoreSecret[] },
): KubernetesObject[] {
  return options.secrets.map(({ name, data }) => ({
    apiVersion: 'v1',
    kind: 'Secret',
    type: 'Opaque',
    metadata: {
      name,
      namespace: options.record.namespace,
      labels: {
        ...storeLabels(options),
        'app.kubernetes.io/managed-by': 'storeyard',
      },
    },
    data: Object.fromEntries(
      Object.entries(data).map(([key, value]) => [
        key,
        Buffer.from(value).toString('base64'),
      ]),
    ),
  }));
}
