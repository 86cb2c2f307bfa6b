import { findObstacles, wantsNativeCluster } from '../bootstrap/obstacles.cjs';

const machine = {
  platform: 'linux',
  architecture: 'x64',
  isRoot: true,
  availableMemory: 8e9,
  freeDisk: 50e9,
};

describe('findObstacles', () => {
  it('finds none on a machine that will do', () => {
    expect(findObstacles(machine)).toEqual([]);
  });

  it.each([
    [{ platform: 'darwin', architecture: 'arm64' }, 'this is darwin-arm64'],
    [{ isRoot: false }, 'run it with sudo'],
    [{ availableMemory: 1.2e9 }, '1.2 GB are available'],
    [{ freeDisk: 1e9 }, '1.0 GB are free'],
  ])('says of %j what to do', (change, words) => {
    const obstacles = findObstacles({ ...machine, ...change });
    expect(obstacles).toHaveLength(1);
    expect(obstacles[0]).toContain(words);
  });
});

describe('wantsNativeCluster', () => {
  it.each([['start'], ['test'], ['cluster', 'up']])(
    'is so for %s %s',
    (...args) => {
      expect(wantsNativeCluster(args, false)).toBe(true);
    },
  );

  it.each([
    ['a context is named', ['start', '--context', 'k3d-shops'], false],
    ['a context is named', ['cluster', 'up', '--context=kind-a'], false],
    ['an earlier start has decided', ['start'], true],
    ['only some stages are tested', ['test', 'unit'], false],
    ['nothing is started', ['lint'], false],
  ])('is not so when %s', (_, args, instanceExists) => {
    expect(wantsNativeCluster(args, instanceExists)).toBe(false);
  });
});
