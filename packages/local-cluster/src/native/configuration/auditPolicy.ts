/** Who did what to which object, once a request: never what was in it. */
export const auditPolicy = {
  apiVersion: 'audit.k8s.io/v1',
  kind: 'Policy',
  omitStages: ['RequestReceived'],
  rules: [
    {
      level: 'None',
      nonResourceURLs: ['/readyz*', '/livez*', '/healthz*'],
    },
    { level: 'Metadata' },
  ],
} as const;
