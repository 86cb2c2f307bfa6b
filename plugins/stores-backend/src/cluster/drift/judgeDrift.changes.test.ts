import { type DriftCase, saidAfter } from './__testUtils__/driftCases';
import {
  claim,
  deployment,
  entry,
  held,
  ingress,
  service,
  serviceAccount,
} from './__testUtils__/objects';

const CONTAINERS = ['f:spec', 'f:template', 'f:spec', 'f:containers'];
const MEDUSA = [...CONTAINERS, 'k:{"name":"medusa"}'];

const changes: [...DriftCase, expected: string[]][] = [
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

describe('judgeDrift of what we applied', () => {
  it.each(changes)('finds %s', (_, object, change, managers, expected) => {
    expect(saidAfter(object, change, managers)).toEqual(expected);
  });
});
