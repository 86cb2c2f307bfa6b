import {
  deleteAt,
  describePath,
  heldPaths,
  isWithin,
  pathKey,
  valueAt,
  withoutPath,
  withPath,
} from './fieldPaths';

const object = {
  nothing: null,
  spec: {
    ports: [
      { port: 80, protocol: 'TCP', name: 'a' },
      { port: 81, protocol: 'UDP', name: 'b' },
    ],
    finalizers: ['x', 'yz', 'y'],
  },
};
const PORT_81 = ['f:spec', 'f:ports', 'k:{"port":81,"protocol":"UDP"}'];

describe('paths of fields', () => {
  it('lists what a set holds, items apart from what is in them', () => {
    expect(
      heldPaths({
        'f:spec': {
          '.': {},
          'f:a': {},
          'f:list': { 'k:{"n":1}': { '.': {}, 'f:n': {} } },
        },
      }),
    ).toEqual([
      { path: ['f:spec'], self: true },
      { path: ['f:spec', 'f:a'], self: false },
      { path: ['f:spec', 'f:list', 'k:{"n":1}'], self: true },
      { path: ['f:spec', 'f:list', 'k:{"n":1}', 'f:n'], self: false },
    ]);
    expect(heldPaths(undefined)).toEqual([]);
  });

  it.each([
    [[...PORT_81, 'f:name'], 'b'],
    [['f:spec', 'f:ports', 'i:0', 'f:name'], 'a'],
    [['f:spec', 'f:finalizers', 'v:"y"'], 'y'],
    [['f:spec', 'f:finalizers', 'v:"z"'], undefined],
    [['f:spec', 'f:ports', 'k:{"port":82}'], undefined],
    [['f:spec', 'f:ports', 'i:7'], undefined],
    [['f:spec', 'f:ports', 'f:length'], undefined],
    [['f:toString'], undefined],
    [['f:spec', 'f:none', 'f:deep'], undefined],
    [['f:spec', 'f:none', 'k:{"port":80}'], undefined],
    [['f:nothing', 'f:deep'], undefined],
    [['f:spec', 'k:{"port":80}'], undefined],
  ])('finds the value at %j', (path, expected) => {
    expect(valueAt(object, path)).toEqual(expected);
  });

  it('takes values out', () => {
    const copy = structuredClone(object);
    deleteAt(copy, PORT_81);
    deleteAt(copy, ['f:spec', 'f:finalizers', 'v:"x"']);
    deleteAt(copy, ['f:spec', 'f:absent']);
    deleteAt(copy, ['f:spec', 'f:ports', 'k:{"port":99}']);
    deleteAt(copy, ['f:spec', 'f:ports', 'i:7']);
    expect(copy.spec.ports).toHaveLength(1);
    expect(copy.spec.finalizers).toEqual(['yz', 'y']);
    deleteAt(copy, ['f:spec']);
    expect(copy).toEqual({ nothing: null });
  });

  it('takes paths out of a set and puts them in', () => {
    const set = { 'f:a': { '.': {}, 'f:b': {} }, 'f:c': {} };
    const left = withoutPath(set, { path: ['f:a', 'f:b'], self: false });
    expect(left).toEqual({ 'f:a': { '.': {} }, 'f:c': {} });
    expect(withoutPath(left, { path: ['f:a'], self: true })).toEqual({
      'f:c': {},
    });
    expect(withoutPath(set, { path: ['f:x', 'f:y'], self: false })).toEqual(
      set,
    );
    expect(withPath(left, { path: ['f:a', 'f:b'], self: false })).toEqual(set);
    expect(withPath({}, { path: PORT_81, self: true })).toEqual({
      'f:spec': {
        'f:ports': { 'k:{"port":81,"protocol":"UDP"}': { '.': {} } },
      },
    });
  });

  it('knows a path below another, whatever order keys have', () => {
    const turned = ['f:spec', 'f:ports', 'k:{"protocol":"UDP","port":81}'];
    expect(isWithin([...turned, 'f:name'], PORT_81)).toBe(true);
    expect(isWithin(PORT_81, [...turned, 'f:name'])).toBe(false);
    expect(pathKey(turned)).toBe(pathKey(PORT_81));
  });

  it('writes paths as people do', () => {
    expect(describePath([...PORT_81, 'f:name'])).toBe(
      'spec.ports[port=81,protocol=UDP].name',
    );
    expect(describePath(['f:metadata', 'f:labels', 'f:a.b/c'])).toBe(
      "metadata.labels['a.b/c']",
    );
    expect(describePath(['f:spec', 'f:finalizers', 'v:"x"'])).toBe(
      'spec.finalizers[x]',
    );
    expect(describePath(['f:spec', 'f:ports', 'i:1', 'f:name'])).toBe(
      'spec.ports[1].name',
    );
  });
});
