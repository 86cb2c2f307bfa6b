import { type DriftCase, said, saidAfter } from './__testUtils__/driftCases';
import {
  applied,
  deployment,
  edited,
  entry,
  held,
  service,
} from './__testUtils__/objects';

const additions: [...DriftCase, expected: string[]][] = [
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
                    '.': {},
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
    'a mapping that we have nothing of',
    deployment,
    copy => {
      copy.spec.strategy = { type: 'RollingUpdate' };
    },
    [
      entry('kubectl-edit', {
        'f:spec': { 'f:strategy': { '.': {}, 'f:type': {} } },
      }),
    ],
    [
      "Deployment 'medusa-api': spec.strategy.type was added by field manager 'kubectl-edit'",
    ],
  ],
  [
    'what somebody else applied',
    deployment,
    copy => {
      copy.spec.paused = true;
    },
    [entry('argocd', held('f:spec', 'f:paused'), { operation: 'Apply' })],
    [
      "Deployment 'medusa-api': spec.paused was added by field manager 'argocd'",
    ],
  ],
  [
    'a label of the pods that looks like the mark of a restart',
    deployment,
    copy => {
      Object.assign(copy.spec.template.metadata, {
        labels: { app: 'medusa', 'x/restartedAt': 'now' },
      });
    },
    [
      entry(
        'kubectl-edit',
        held(
          'f:spec',
          'f:template',
          'f:metadata',
          'f:labels',
          'f:x/restartedAt',
        ),
      ),
    ],
    [
      "Deployment 'medusa-api': spec.template.metadata.labels['x/restartedAt'] was added by field manager 'kubectl-edit'",
    ],
  ],
];

describe('judgeDrift of what we did not apply', () => {
  const DEFAULTS = { replicas: 1, paused: false };

  it.each([
    ['kubectl-patch', 'paused', true, {}],
    ['autoscaler', 'replicas', 3, { subresource: 'scale' }],
  ])(
    'finds a default of the server that %s changed',
    (manager, field, value, more) => {
      const { spec, ...rest } = deployment;
      const { replicas: _, ...asked } = { ...(spec as { replicas: number }) };
      const answer = edited(applied({ ...rest, spec: asked }), copy => {
        Object.assign(copy.spec, DEFAULTS);
      });
      const live = edited(
        answer,
        copy => {
          copy.spec[field] = value;
        },
        entry(manager, held('f:spec', `f:${field}`), more),
      );
      expect(said(answer, live)).toEqual([
        `Deployment 'medusa-api': spec.${field} was changed by field manager '${manager}'`,
      ]);
    },
  );

  it.each(additions)('finds %s', (_, object, change, managers, expected) => {
    expect(saidAfter(object, change, managers)).toEqual(expected);
  });
});
