import {
  applied,
  claim,
  deployment,
  edited,
  entry,
  held,
  ingress,
  namespace,
  service,
  serviceAccount,
  type EditedObject,
} from './__testUtils__/objects';
import { judgeDrift } from './judgeDrift';
import type { KubernetesObject } from '../types';

const CONTAINERS = ['f:spec', 'f:template', 'f:spec', 'f:containers'];
const MEDUSA = [...CONTAINERS, 'k:{"name":"medusa"}'];
const TEMPLATE_ANNOTATIONS = [
  'f:spec',
  'f:template',
  'f:metadata',
  'f:annotations',
];

describe('judgeDrift', () => {
  const said = (answer: KubernetesObject, live: KubernetesObject | undefined) =>
    judgeDrift({ answer, live }).map(({ message }) => message);

  it('finds nothing where nothing changed', () => {
    for (const object of [
      deployment,
      service,
      claim,
      ingress,
      serviceAccount,
      namespace,
    ]) {
      expect(said(applied(object), applied(object))).toEqual([]);
    }
  });

  it('finds an object that is gone', () => {
    expect(said(applied(service), undefined)).toEqual([
      "Service 'medusa-api' was deleted",
    ]);
  });

  it('waits for an object that is going until it is gone', () => {
    const going = edited(applied(service), copy => {
      copy.metadata.deletionTimestamp = '2026-11-24T10:00:00Z';
      copy.spec.ports.splice(0);
    });
    expect(said(applied(service), going)).toEqual([]);
  });

  it('takes the server’s own way of writing a quantity for what we applied', () => {
    const answer = applied(deployment);
    const asked = edited(answer, copy => {
      copy.spec.template.spec.containers[0].resources.requests.cpu = '1000m';
    });
    expect(said(answer, answer)).toEqual([]);
    expect(said(asked, answer)).toHaveLength(1);
  });

  const drifts: [
    what: string,
    object: KubernetesObject,
    change: (copy: EditedObject) => void,
    managers: ReturnType<typeof entry>[],
    expected: string[],
  ][] = [
    [
      'an image that somebody set',
      deployment,
      copy => {
        copy.spec.template.spec.containers[0].image = 'other:2';
      },
      [entry('kubectl-set', held(...MEDUSA, 'f:image'))],
      [
        "Deployment 'medusa-api': spec.template.spec.containers[name=medusa].image was changed by field manager 'kubectl-set'",
      ],
    ],
    [
      'replicas that somebody scaled',
      deployment,
      copy => {
        copy.spec.replicas = 3;
      },
      [
        entry('kubectl', held('f:spec', 'f:replicas'), {
          subresource: 'scale',
        }),
      ],
      [
        "Deployment 'medusa-api': spec.replicas was changed by field manager 'kubectl'",
      ],
    ],
    [
      'a variable that somebody added',
      deployment,
      copy => {
        copy.spec.template.spec.containers[0].env.push({
          name: 'DEBUG',
          value: 'x',
        });
      },
      [
        entry('kubectl-edit', {
          'f:spec': {
            'f:template': {
              'f:spec': {
                'f:containers': {
                  'k:{"name":"medusa"}': {
                    'f:env': {
                      'k:{"name":"DEBUG"}': {
                        '.': {},
                        'f:name': {},
                        'f:value': {},
                      },
                    },
                  },
                },
              },
            },
          },
        }),
      ],
      [
        "Deployment 'medusa-api': spec.template.spec.containers[name=medusa].env[name=DEBUG] was added by field manager 'kubectl-edit'",
      ],
    ],
    [
      'a variable that somebody took away',
      deployment,
      copy => {
        copy.spec.template.spec.containers[0].env.pop();
      },
      [],
      [
        "Deployment 'medusa-api': spec.template.spec.containers[name=medusa].env[name=ADMIN_EMAIL] was removed, by whom the API server does not say",
      ],
    ],
    [
      'a sidecar',
      deployment,
      copy => {
        copy.spec.template.spec.containers.push({
          name: 'spy',
          image: 'spy:1',
        });
      },
      [
        entry('injector', {
          'f:spec': {
            'f:template': {
              'f:spec': {
                'f:containers': {
                  'k:{"name":"spy"}': {
                    '.': {},
                    'f:name': {},
                    'f:image': {},
                  },
                },
              },
            },
          },
        }),
      ],
      [
        "Deployment 'medusa-api': spec.template.spec.containers[name=spy] was added by field manager 'injector'",
      ],
    ],
    [
      "a Service's port beside ours",
      service,
      copy => {
        copy.spec.ports.push({ name: 'debug', port: 9229, protocol: 'TCP' });
      },
      [
        entry('kubectl-edit', {
          'f:spec': {
            'f:ports': {
              'k:{"port":9229,"protocol":"TCP"}': {
                '.': {},
                'f:name': {},
                'f:port': {},
                'f:protocol': {},
              },
            },
          },
        }),
      ],
      [
        "Service 'medusa-api': spec.ports[port=9229,protocol=TCP] was added by field manager 'kubectl-edit'",
      ],
    ],
    [
      "a Service's port in the place of ours",
      service,
      copy => {
        copy.spec.ports[0].port = 81;
      },
      [
        entry('kubectl-edit', {
          'f:spec': {
            'f:ports': {
              'k:{"port":81,"protocol":"TCP"}': {
                '.': {},
                'f:name': {},
                'f:port': {},
                'f:protocol': {},
                'f:targetPort': {},
              },
            },
          },
        }),
      ],
      [
        "Service 'medusa-api': spec.ports[port=80,protocol=TCP] was removed, by whom the API server does not say",
        "Service 'medusa-api': spec.ports[port=81,protocol=TCP] was added by field manager 'kubectl-edit'",
      ],
    ],
    [
      'a label of ours with another value',
      service,
      copy => {
        copy.metadata.labels['storeyard.dev/store-id'] = 'b';
      },
      [
        entry(
          'kubectl-label',
          held('f:metadata', 'f:labels', 'f:storeyard.dev/store-id'),
        ),
      ],
      [
        "Service 'medusa-api': metadata.labels['storeyard.dev/store-id'] was changed by field manager 'kubectl-label'",
      ],
    ],
    [
      'a label of ours that was taken off',
      service,
      copy => {
        delete copy.metadata.labels['storeyard.dev/store-id'];
      },
      [],
      [
        "Service 'medusa-api': metadata.labels['storeyard.dev/store-id'] was removed, by whom the API server does not say",
      ],
    ],
    [
      'an annotation of ours',
      deployment,
      copy => {
        copy.metadata.annotations['storeyard.dev/generation'] = '9';
      },
      [
        entry(
          'kubectl-annotate',
          held('f:metadata', 'f:annotations', 'f:storeyard.dev/generation'),
        ),
      ],
      [
        "Deployment 'medusa-api': metadata.annotations['storeyard.dev/generation'] was changed by field manager 'kubectl-annotate'",
      ],
    ],
    [
      'an atomic list that somebody replaced',
      ingress,
      copy => {
        copy.spec.rules = [{ host: 'evil.example.org' }];
      },
      [entry('kubectl-edit', held('f:spec', 'f:rules'))],
      [
        "Ingress 'medusa-api': spec.rules was changed by field manager 'kubectl-edit'",
      ],
    ],
    [
      'a field of the spec that we left to the server',
      deployment,
      copy => {
        copy.spec.paused = true;
      },
      [entry('kubectl-rollout', held('f:spec', 'f:paused'))],
      [
        "Deployment 'medusa-api': spec.paused was added by field manager 'kubectl-rollout'",
      ],
    ],
    [
      'a default of the server that somebody changed',
      edited(service, copy => {
        copy.spec.sessionAffinity = 'None';
      }),
      copy => {
        copy.spec.sessionAffinity = 'ClientIP';
      },
      [entry('kubectl-patch', held('f:spec', 'f:sessionAffinity'))],
      [
        "Service 'medusa-api': spec.sessionAffinity was changed by field manager 'kubectl-patch'",
      ],
    ],
    [
      'a mounted token',
      serviceAccount,
      copy => {
        copy.automountServiceAccountToken = true;
      },
      [entry('kubectl-edit', held('f:automountServiceAccountToken'))],
      [
        "ServiceAccount 'store': automountServiceAccountToken was changed by field manager 'kubectl-edit'",
      ],
    ],
    [
      'a label of ours on a claim',
      claim,
      copy => {
        delete copy.metadata.labels['storeyard.dev/store-id'];
      },
      [],
      [
        "PersistentVolumeClaim 'uploads': metadata.labels['storeyard.dev/store-id'] was removed, by whom the API server does not say",
      ],
    ],
  ];

  it.each(drifts)('finds %s', (_, object, change, managers, expected) => {
    const answer = applied(object);
    expect(said(answer, edited(answer, change, ...managers))).toEqual(expected);
  });

  it('finds what Helm added by hand, under our own field manager', () => {
    const answer = applied(deployment);
    const live = edited(answer, copy => {
      copy.spec.paused = true;
      copy.spec.replicas = 2;
      const own = copy.metadata.managedFields[0]!;
      own.fieldsV1!['f:spec']!['f:paused'] = {};
      own.time = '2026-11-24T12:00:00Z';
    });
    expect(said(answer, live)).toEqual([
      "Deployment 'medusa-api': spec.replicas was changed by field manager 'helm'",
      "Deployment 'medusa-api': spec.paused was added by field manager 'helm'",
    ]);
  });

  it('finds what an older Helm updated by hand', () => {
    const answer = applied(deployment);
    const live = edited(
      answer,
      copy => {
        copy.spec.replicas = 2;
      },
      entry('helm', held('f:spec', 'f:replicas')),
    );
    expect(said(answer, live)).toEqual([
      "Deployment 'medusa-api': spec.replicas was changed by field manager 'helm'",
    ]);
  });

  it('minds no manager that holds the same values as we do', () => {
    const answer = applied(deployment);
    const fields = answer.metadata.managedFields?.[0]?.fieldsV1 ?? {};
    const live = edited(
      answer,
      () => undefined,
      entry('kubectl-client-side-apply', fields),
      entry('ancient-changes', fields),
    );
    expect(said(answer, live)).toEqual([]);
  });

  const left: [
    what: string,
    object: KubernetesObject,
    change: (copy: EditedObject) => void,
    managers: ReturnType<typeof entry>[],
  ][] = [
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
      (
        annotation,
      ): [
        string,
        KubernetesObject,
        (copy: EditedObject) => void,
        ReturnType<typeof entry>[],
      ] => [
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
      (
        field,
      ): [
        string,
        KubernetesObject,
        (copy: EditedObject) => void,
        ReturnType<typeof entry>[],
      ] => [
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
      ([field, value]): [
        string,
        KubernetesObject,
        (copy: EditedObject) => void,
        ReturnType<typeof entry>[],
      ] => [
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
  ];

  it.each(left)('leaves %s alone', (_, object, change, managers) => {
    const answer = applied(object);
    expect(said(answer, edited(answer, change, ...managers))).toEqual([]);
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
