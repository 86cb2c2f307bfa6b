import { OwnWrites } from './OwnWrites';

const where = { apiVersion: 'v1', kind: 'Service', namespace: 'store-a' };
const answer = (resourceVersion: string, name = 'x') => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name, namespace: 'store-a', resourceVersion },
});

describe('OwnWrites', () => {
  it('believes a cache only once it knows the newest of our writes', () => {
    const writes = OwnWrites.create();
    expect(writes.isKnownAt(0n, where)).toBe(true);
    writes.note(answer('10'));
    writes.note(answer('9', 'y'));
    expect(writes.isKnownAt(9n, where)).toBe(false);
    expect(writes.isKnownAt(9n, { ...where, namespace: 'store-b' })).toBe(true);
    expect(writes.isKnownAt(9n, { ...where, kind: 'Ingress' })).toBe(true);
    expect(writes.isKnownAt(10n, where)).toBe(true);
    expect(writes.isKnownAt(9n, where)).toBe(true);
  });

  it('compares versions as numbers', () => {
    const writes = OwnWrites.create();
    writes.note(answer('100'));
    expect(writes.isKnownAt(99n, where)).toBe(false);
  });

  it('takes a namespace by its own name, and a Status for no object', () => {
    const writes = OwnWrites.create();
    writes.note({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: 'store-a', resourceVersion: '5' },
    });
    writes.note({ apiVersion: 'v1', kind: 'Status', metadata: { name: '' } });
    expect(writes.isKnownAt(4n, { ...where, kind: 'Namespace' })).toBe(false);
  });
});
