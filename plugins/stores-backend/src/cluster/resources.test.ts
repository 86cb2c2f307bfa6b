import {
  collectionPath,
  describeObject,
  inDependencyOrder,
  isNamespaced,
  objectPath,
} from './resources';

const create = (apiVersion: string, kind: string) => ({
  apiVersion,
  kind,
  metadata: { name: 'a', namespace: 'store-a' },
});

describe('resources', () => {
  it('knows where kinds lie', () => {
    expect(objectPath(create('v1', 'Secret'))).toBe(
      '/api/v1/namespaces/store-a/secrets/a',
    );
    expect(objectPath(create('networking.k8s.io/v1', 'Ingress'))).toBe(
      '/apis/networking.k8s.io/v1/namespaces/store-a/ingresses/a',
    );
    expect(objectPath(create('v1', 'Namespace'))).toBe('/api/v1/namespaces/a');
    expect(collectionPath({ apiVersion: 'v1', kind: 'Pod' })).toBe(
      '/api/v1/pods',
    );
  });

  it('names an object as people do', () => {
    expect(describeObject(create('apps/v1', 'Deployment'))).toBe(
      "Deployment 'a'",
    );
  });

  it.each([
    ['Pod', true],
    ['Namespace', false],
    ['PersistentVolume', false],
    ['PersistentVolumeClaim', true],
  ])('knows whether a %s lies in a namespace: %s', (kind, expected) => {
    expect(isNamespaced({ apiVersion: 'v1', kind })).toBe(expected);
  });

  it('refuses a kind that our role does not reach', () => {
    expect(() => objectPath(create('batch/v1', 'Job'))).toThrow(
      "'batch/v1/Job' is no kind that a store may consist of",
    );
  });

  it('puts what workloads need before them', () => {
    const waves = inDependencyOrder([
      create('apps/v1', 'Deployment'),
      create('v1', 'PersistentVolumeClaim'),
      create('v1', 'Secret'),
      create('apps/v1', 'StatefulSet'),
      create('networking.k8s.io/v1', 'NetworkPolicy'),
      create('v1', 'ResourceQuota'),
    ]);
    expect(waves.map(wave => wave.map(({ kind }) => kind))).toEqual([
      ['Secret', 'NetworkPolicy', 'ResourceQuota'],
      ['PersistentVolumeClaim'],
      ['Deployment', 'StatefulSet'],
    ]);
  });
});
