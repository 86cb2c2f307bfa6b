import type { DriftFinding, KubernetesObject } from '../cluster';
import { DriftWitness } from './DriftWitness';

describe('DriftWitness', () => {
  const answer: KubernetesObject = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'medusa-api', namespace: 'store-a' },
  };
  let live: { object: KubernetesObject | undefined } | undefined;
  let found: DriftFinding[];

  const as = (kind: string, uid: string) => {
    live = {
      object: { ...answer, kind, metadata: { ...answer.metadata, uid } },
    };
  };

  function witness(kind = 'Service'): DriftWitness {
    found = [];
    as(kind, 'first');
    return DriftWitness.create({
      answers: [{ ...answer, kind }],
      find: () => live,
      onFound: findings => found.push(...findings),
    });
  }

  it('says that an object was deleted once it is there again as another one', () => {
    const seen = witness();
    live = { object: undefined };
    seen.look();
    expect(found).toEqual([]);
    as('Service', 'second');
    seen.look();
    seen.look();
    expect(found.map(({ message }) => message)).toEqual([
      "Service 'medusa-api' was deleted",
    ]);
  });

  it('says nothing of one that is the same again, or that the caches can’t tell of', () => {
    const seen = witness();
    live = { object: undefined };
    seen.look();
    live = undefined;
    seen.look();
    as('Service', 'first');
    seen.look();
    expect(found).toEqual([]);
  });

  it('takes what we made again as it is', () => {
    const seen = witness();
    seen.forgive([
      { object: answer, type: 'gone', path: [], message: 'was deleted' },
    ]);
    as('Service', 'second');
    seen.look();
    expect(found).toEqual([]);
  });

  it('leaves a lost volume to those who judge losses', () => {
    const seen = witness('PersistentVolumeClaim');
    as('PersistentVolumeClaim', 'second');
    seen.look();
    expect(found).toEqual([]);
  });
});
