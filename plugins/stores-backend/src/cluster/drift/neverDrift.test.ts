import { type DriftCase, said, saidAfter } from './__testUtils__/driftCases';
import {
  applied,
  claim,
  deployment,
  edited,
  entry,
  held,
  namespace,
  service,
  serviceAccount,
} from './__testUtils__/objects';

const TEMPLATE_ANNOTATIONS = [
  'f:spec',
  'f:template',
  'f:metadata',
  'f:annotations',
];

const left: DriftCase[] = [
  [
    'a status',
    deployment,
    copy => {
      copy.status = { replicas: 1 };
    },
    [entry('k3s', held('f:status', 'f:replicas'), { subresource: 'status' })],
  ],
  [
    'a status that is no subresource',
    deployment,
    copy => {
      copy.status = { replicas: 1 };
    },
    [entry('k3s', held('f:status', 'f:replicas'))],
  ],
  [
    'what a controller writes by another subresource',
    deployment,
    copy => {
      copy.spec.other = 1;
    },
    [
      entry('controller', held('f:spec', 'f:other'), {
        subresource: 'resize',
      }),
    ],
  ],
  [
    'finalizers',
    service,
    copy => {
      copy.metadata.finalizers = ['service.kubernetes.io/load-balancer'];
    },
    [
      entry(
        'cloud',
        held(
          'f:metadata',
          'f:finalizers',
          'v:"service.kubernetes.io/load-balancer"',
        ),
      ),
    ],
  ],
  [
    'owner references',
    service,
    copy => {
      copy.metadata.ownerReferences = [{ uid: 'x' }];
    },
    [entry('x', held('f:metadata', 'f:ownerReferences', 'k:{"uid":"x"}'))],
  ],
  ...[
    'deployment.kubernetes.io/revision',
    'pv.kubernetes.io/bind-completed',
    'volume.kubernetes.io/storage-provisioner',
    'kubectl.kubernetes.io/last-applied-configuration',
    'cert-manager.io/issue-temporary-certificate',
    'external-dns.alpha.kubernetes.io/hostname',
  ].map(
    (annotation): DriftCase => [
      `the foreign annotation '${annotation}'`,
      deployment,
      copy => {
        copy.metadata.annotations[annotation] = 'x';
      },
      [
        entry(
          'controller',
          held('f:metadata', 'f:annotations', `f:${annotation}`),
        ),
      ],
    ],
  ),
  [
    'a foreign label',
    service,
    copy => {
      copy.metadata.labels.team = 'x';
    },
    [entry('kubectl-label', held('f:metadata', 'f:labels', 'f:team'))],
  ],
  ...['volumeName', 'volumeMode', 'storageClassName', 'dataSource'].map(
    (field): DriftCase => [
      `a claim's ${field}`,
      claim,
      copy => {
        copy.spec[field] = 'x';
      },
      [entry('kube-controller-manager', held('f:spec', `f:${field}`))],
    ],
  ),
  [
    'a claim that somebody made larger: it can’t be made smaller again',
    claim,
    copy => {
      copy.spec.resources.requests.storage = '5Gi';
    },
    [
      entry(
        'kubectl-edit',
        held('f:spec', 'f:resources', 'f:requests', 'f:storage'),
      ),
    ],
  ],
  ...(
    [
      ['clusterIP', '10.0.0.1'],
      ['clusterIPs', ['10.0.0.1']],
      ['ipFamilies', ['IPv4']],
      ['ipFamilyPolicy', 'SingleStack'],
      ['healthCheckNodePort', 30_000],
    ] as const
  ).map(
    ([field, value]): DriftCase => [
      `a Service's ${field}`,
      service,
      copy => {
        copy.spec[field] = value;
      },
      [entry('k3s', held('f:spec', `f:${field}`))],
    ],
  ),
  [
    "a Service's node port",
    service,
    copy => {
      copy.spec.ports[0].nodePort = 30_080;
    },
    [
      entry(
        'k3s',
        held(
          'f:spec',
          'f:ports',
          'k:{"port":80,"protocol":"TCP"}',
          'f:nodePort',
        ),
      ),
    ],
  ],
  [
    "a service account's secrets",
    serviceAccount,
    copy => {
      copy.secrets = [{ name: 'token' }];
    },
    [entry('openshift', held('f:secrets', 'k:{"name":"token"}'))],
  ],
  [
    "a service account's pull secrets",
    serviceAccount,
    copy => {
      copy.imagePullSecrets = [{ name: 'registry' }];
    },
    [entry('platform', held('f:imagePullSecrets', 'k:{"name":"registry"}'))],
  ],
  [
    'the mark of kubectl rollout restart',
    deployment,
    copy => {
      copy.spec.template.metadata.annotations = {
        'kubectl.kubernetes.io/restartedAt': 'now',
      };
    },
    [
      entry('kubectl-rollout', {
        'f:spec': {
          'f:template': {
            'f:metadata': {
              'f:annotations': {
                '.': {},
                'f:kubectl.kubernetes.io/restartedAt': {},
              },
            },
          },
        },
      }),
    ],
  ],
  [
    "a namespace's own finalizers",
    namespace,
    copy => {
      Object.assign(copy, { spec: { finalizers: ['kubernetes'] } });
    },
    [entry('kube-apiserver', held('f:spec', 'f:finalizers'))],
  ],
  [
    'a path that a manager holds and that isn’t there',
    deployment,
    () => undefined,
    [entry('kubectl-edit', held('f:spec', 'f:paused'))],
  ],
  [
    'an item that a manager holds and that isn’t there',
    service,
    () => undefined,
    [
      entry(
        'kubectl-edit',
        held('f:spec', 'f:ports', 'k:{"port":81,"protocol":"TCP"}', '.'),
      ),
    ],
  ],
];

describe('what is never drift', () => {
  it.each(left)('leaves %s alone', (_, object, change, managers) => {
    expect(saidAfter(object, change, managers)).toEqual([]);
  });

  it('minds other annotations of the pods’ template', () => {
    const answer = applied(deployment);
    const live = edited(
      answer,
      copy => {
        copy.spec.template.metadata.annotations = { inject: 'yes' };
      },
      entry('x', held(...TEMPLATE_ANNOTATIONS, 'f:inject')),
    );
    expect(said(answer, live)).toHaveLength(1);
  });
});
