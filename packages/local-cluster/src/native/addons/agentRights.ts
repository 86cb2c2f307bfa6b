const rbac = 'rbac.authorization.k8s.io';

interface Rule {
  apiGroups: string[];
  resources: string[];
  verbs: string[];
}

const read = ['get', 'list', 'watch'];

/** A ClusterRole and its binding to a user or service account. */
export function clusterRole(
  name: string,
  subject: object,
  rules: Rule[],
): object[] {
  return [
    {
      apiVersion: `${rbac}/v1`,
      kind: 'ClusterRole',
      metadata: { name },
      rules,
    },
    {
      apiVersion: `${rbac}/v1`,
      kind: 'ClusterRoleBinding',
      metadata: { name },
      roleRef: { apiGroup: rbac, kind: 'ClusterRole', name },
      subjects: [subject],
    },
  ];
}

function user(name: string): object {
  return { apiGroup: rbac, kind: 'User', name };
}

/** What the policy engine and the volume provisioner may do, and the class of the latter. */
export const agentRights: object[] = [
  ...clusterRole('netpold', user('system:netpold'), [
    { apiGroups: [''], resources: ['pods', 'namespaces'], verbs: read },
    {
      apiGroups: ['networking.k8s.io'],
      resources: ['networkpolicies'],
      verbs: read,
    },
  ]),
  ...clusterRole('localpv', user('system:localpv'), [
    {
      apiGroups: [''],
      resources: ['persistentvolumes'],
      verbs: [...read, 'create', 'patch', 'update', 'delete'],
    },
    {
      apiGroups: [''],
      resources: ['persistentvolumeclaims', 'nodes'],
      verbs: read,
    },
    {
      apiGroups: [''],
      resources: ['events'],
      verbs: ['create', 'patch', 'update'],
    },
    {
      apiGroups: ['storage.k8s.io'],
      resources: ['storageclasses'],
      verbs: read,
    },
  ]),
  {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: {
      name: 'localpv',
      annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' },
    },
    provisioner: 'storeyard.local/localpv',
    volumeBindingMode: 'Immediate',
    reclaimPolicy: 'Delete',
  },
];
