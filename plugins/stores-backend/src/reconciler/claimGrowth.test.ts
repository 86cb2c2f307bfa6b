import type { KubernetesObject } from '../cluster';
import { claimGrowth, claimTemplateSize } from './claimGrowth';

const template = (name: string, storage?: string) => ({
  metadata: { name },
  spec: { resources: { requests: { storage } } },
});

function database(
  size: string | undefined,
  volumeClaimTemplates: object[] | undefined,
  kind = 'StatefulSet',
): KubernetesObject {
  return {
    apiVersion: 'apps/v1',
    kind,
    metadata: {
      name: 'postgres',
      namespace: 'store-a',
      annotations: size ? { 'storeyard.dev/claim-size': size } : undefined,
    },
    spec: { volumeClaimTemplates },
  };
}

const claimUids = { 'data-postgres-0': 'u2', uploads: 'u1' };

describe('claimGrowth', () => {
  it('makes the claim larger that a template made, and no other', () => {
    const objects = [
      database('5Gi', [template('data', '1Gi'), template('cache', '1Gi')]),
    ];
    expect(claimGrowth(objects, claimUids)).toEqual([
      {
        apiVersion: 'v1',
        kind: 'PersistentVolumeClaim',
        metadata: { name: 'data-postgres-0', namespace: 'store-a', uid: 'u2' },
        spec: { resources: { requests: { storage: '5Gi' } } },
      },
    ]);
  });

  it.each([
    ['has its size', database('1Gi', [template('data', '1Gi')])],
    ['has no other size to have', database(undefined, [template('data')])],
    ['is made by no template', database('5Gi', undefined)],
    [
      'is made by no StatefulSet',
      database('5Gi', [template('data', '1Gi')], 'Deployment'),
    ],
  ])('leaves a claim as it is that %s', (_, object) => {
    expect(claimGrowth([object], claimUids)).toEqual([]);
  });
});

describe('claimTemplateSize', () => {
  it('is that of the first template which has one', () => {
    const objects = [
      database('9Gi', [template('data', '9Gi')], 'Deployment'),
      database('5Gi', [template('cache'), template('data', '1Gi')]),
    ];
    expect(claimTemplateSize(objects)).toBe('1Gi');
    expect(claimTemplateSize([database('5Gi', undefined)])).toBeUndefined();
  });
});
