import { network } from '../network';
import { clusterRole } from './agentRights';

const namespace = 'kube-system';
const name = 'traefik';
const labels = { 'app.kubernetes.io/name': name };
const read = ['get', 'list', 'watch'];

/** Traefik as the default ingress controller, on a host port, so that policies can name its pod. */
export function traefik(image: string): object[] {
  return [
    {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name, namespace },
    },
    ...clusterRole(name, { kind: 'ServiceAccount', name, namespace }, [
      {
        apiGroups: [''],
        resources: ['services', 'secrets', 'nodes', 'configmaps', 'namespaces'],
        verbs: read,
      },
      {
        apiGroups: ['discovery.k8s.io'],
        resources: ['endpointslices'],
        verbs: read,
      },
      {
        apiGroups: ['networking.k8s.io'],
        resources: ['ingresses', 'ingressclasses'],
        verbs: read,
      },
      {
        apiGroups: ['networking.k8s.io'],
        resources: ['ingresses/status'],
        verbs: ['update'],
      },
    ]),
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'IngressClass',
      metadata: {
        name,
        annotations: { 'ingressclass.kubernetes.io/is-default-class': 'true' },
      },
      spec: { controller: 'traefik.io/ingress-controller' },
    },
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name, namespace, labels },
      spec: {
        replicas: 1,
        strategy: { type: 'Recreate' },
        selector: { matchLabels: labels },
        template: {
          metadata: { labels },
          spec: {
            serviceAccountName: name,
            priorityClassName: 'system-cluster-critical',
            terminationGracePeriodSeconds: 5,
            containers: [
              {
                name,
                image,
                imagePullPolicy: 'Never',
                args: [
                  '--global.checknewversion=false',
                  '--global.sendanonymoususage=false',
                  '--entrypoints.web.address=:8000',
                  '--entrypoints.ping.address=:9000',
                  '--ping.entrypoint=ping',
                  '--providers.kubernetesingress=true',
                  '--providers.kubernetesingress.ingressendpoint.ip=127.0.0.1',
                  '--providers.kubernetesingress.throttleduration=100ms',
                  '--providers.providersthrottleduration=100ms',
                  '--log.level=INFO',
                ],
                ports: [
                  {
                    name: 'web',
                    containerPort: 8000,
                    hostPort: network.ingressPort,
                    hostIP: network.ingressAddress,
                    protocol: 'TCP',
                  },
                ],
                resources: {
                  requests: { cpu: '20m', memory: '64Mi' },
                  limits: { memory: '256Mi' },
                },
                readinessProbe: {
                  httpGet: { path: '/ping', port: 9000 },
                  periodSeconds: 1,
                },
                securityContext: {
                  runAsNonRoot: true,
                  runAsUser: 65532,
                  allowPrivilegeEscalation: false,
                  readOnlyRootFilesystem: true,
                  capabilities: { drop: ['ALL'] },
                },
              },
            ],
          },
        },
      },
    },
  ];
}
