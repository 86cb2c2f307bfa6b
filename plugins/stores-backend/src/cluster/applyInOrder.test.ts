import { applyInOrder, type ApplyInOrderOptions } from './applyInOrder';
import { ClusterApiError } from './ClusterError';
import type { KubernetesObject } from './types';

const create = (kind: string, name: string): KubernetesObject => ({
  apiVersion: kind === 'Deployment' ? 'apps/v1' : 'v1',
  kind,
  metadata: { name, namespace: 'store-a' },
});

const secrets = Array.from({ length: 8 }, (_, index) =>
  create('Secret', `secret-${index}`),
);
const shop = create('Deployment', 'medusa-api');

describe('applyInOrder', () => {
  const applied: string[] = [];
  const uids: (string | undefined)[] = [];
  let busy: number;
  let busiest: number;

  const client: ApplyInOrderOptions['client'] = {
    apply: async (object, options) => {
      busy += 1;
      busiest = Math.max(busiest, busy);
      await new Promise(setImmediate);
      busy -= 1;
      applied.push(object.metadata.name);
      uids.push(options?.uid);
      return { answer: object, created: true };
    },
  };
  const apply = (options: Partial<ApplyInOrderOptions> = {}) =>
    applyInOrder({
      client,
      objects: [shop, ...secrets],
      checkpoint: async () => undefined,
      signal: new AbortController().signal,
      ...options,
    });

  beforeEach(() => {
    applied.length = 0;
    uids.length = 0;
    busy = 0;
    busiest = 0;
  });

  it('applies a few at a time, and what workloads need before them', async () => {
    const answers = await apply();
    expect(applied.slice(0, 8).sort()).toEqual(
      secrets.map(({ metadata }) => metadata.name),
    );
    expect(applied[8]).toBe('medusa-api');
    expect(busiest).toBe(6);
    expect(answers.at(-1)).toEqual({
      object: shop,
      answer: shop,
      created: true,
    });
  });

  it('says of what is known which one it was', async () => {
    await apply({ objects: [shop], uidOf: ({ metadata }) => metadata.name });
    await apply({ objects: [shop] });
    expect(uids).toEqual(['medusa-api', undefined]);
  });

  it('ends between two objects when it may not go on', async () => {
    let left = 3;
    await expect(
      apply({
        checkpoint: async () => {
          left -= 1;
          if (left < 0) throw new Error('overtaken');
        },
      }),
    ).rejects.toThrow('overtaken');
    expect(applied).toHaveLength(3);
  });

  it('begins no workload where something lacks that it needs', async () => {
    const refused = new ClusterApiError('PATCH', 422, 'Invalid', 'no');
    await expect(
      apply({
        client: {
          apply: async (object, options) => {
            if (object.metadata.name === 'secret-2') throw refused;
            return client.apply(object, options);
          },
        },
      }),
    ).rejects.toBe(refused);
    expect(applied).not.toContain('medusa-api');
    expect(applied).not.toContain('secret-2');
  });
});
