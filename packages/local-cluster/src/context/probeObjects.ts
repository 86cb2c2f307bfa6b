const image = 'storeyard.local/probe:1';

const container = {
  name: 'probe',
  image,
  imagePullPolicy: 'IfNotPresent',
  securityContext: {
    allowPrivilegeEscalation: false,
    runAsNonRoot: true,
    capabilities: { drop: ['ALL'] },
    seccompProfile: { type: 'RuntimeDefault' },
  },
};

/** The objects by which a cluster's features are tried. */
export function probeObjects(options: {
  namespace: string;
  ingressClass: string;
}): { host: string; workload: object[]; denyAll: object } {
  const { namespace, ingressClass } = options;
  const host = `${namespace}.localhost`;
  const metadata = (name: string) => ({ name, namespace });
  const pod = (name: string, spec: object) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { ...metadata(name), labels: { app: name } },
    spec: {
      automountServiceAccountToken: false,
      terminationGracePeriodSeconds: 0,
      ...spec,
    },
  });
  const workload = [
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } },
    {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: metadata('data'),
      spec: {
        accessModes: ['ReadWriteOnce'],
        resources: { requests: { storage: '16Mi' } },
      },
    },
    pod('server', {
      containers: [
        {
          ...container,
          args: ['serve', ':8080'],
          ports: [{ containerPort: 8080, name: 'http' }],
          volumeMounts: [{ name: 'data', mountPath: '/data' }],
        },
      ],
      volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'data' } }],
    }),
    // It serves too, so that it runs until it is deleted.
    pod('client', {
      containers: [{ ...container, args: ['serve', ':8080'] }],
    }),
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: metadata('server'),
      spec: {
        selector: { app: 'server' },
        ports: [{ name: 'http', port: 80, targetPort: 'http' }],
      },
    },
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata: metadata('server'),
      spec: {
        ingressClassName: ingressClass,
        rules: [
          {
            host,
            http: {
              paths: [
                {
                  path: '/',
                  pathType: 'Prefix',
                  backend: {
                    service: { name: 'server', port: { name: 'http' } },
                  },
                },
              ],
            },
          },
        ],
      },
    },
  ];
  const denyAll = {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: metadata('deny-all'),
    spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] },
  };
  return { host, workload, denyAll };
}
