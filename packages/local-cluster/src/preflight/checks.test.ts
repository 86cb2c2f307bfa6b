import { checkMachine, neededDisk, neededMemory } from './checks';
import { MachineFacts } from './MachineFacts';

const good: MachineFacts = {
  platform: 'linux',
  architecture: 'x64',
  isRoot: true,
  missingPrograms: [],
  canInstall: true,
  availableMemory: neededMemory,
  isRunning: false,
  state: { directory: '/state', free: neededDisk, isStackable: true },
  cgroup: {
    version: 'v2',
    controllers: ['cpuset', 'cpu', 'io', 'memory', 'pids'],
    writable: true,
    systemd: true,
    isOccupied: false,
  },
  takenPorts: [],
  refusedFeatures: [],
};

const problemsOf = (facts: Partial<MachineFacts>) =>
  checkMachine({ ...good, ...facts });

const onlyProblemOf = (facts: Partial<MachineFacts>) => {
  const problems = problemsOf(facts);
  expect(problems).toHaveLength(1);
  return problems[0]!;
};

describe('checkMachine', () => {
  it('finds nothing wrong with a machine that just suffices', () => {
    expect(problemsOf({})).toEqual([]);
  });

  it.each<[string, Partial<MachineFacts>, string]>([
    ['another system', { platform: 'darwin' }, "'darwin-x64'"],
    ['another processor', { architecture: 'arm64' }, "'linux-arm64'"],
  ])('refuses %s and names the way out', (_, facts, found) => {
    expect(onlyProblemOf(facts)).toEqual({
      id: 'system',
      problem: expect.stringContaining(found),
      remedy: expect.stringContaining('--context'),
    });
  });

  it('wants root', () => {
    expect(onlyProblemOf({ isRoot: false })).toMatchObject({
      id: 'root',
      remedy: expect.stringContaining('sudo'),
    });
  });

  it('lets what can be installed be installed', () => {
    expect(problemsOf({ missingPrograms: ['nft', 'ip'] })).toEqual([]);
  });

  it('names programs that lack with their packages where nothing can be installed', () => {
    expect(
      onlyProblemOf({
        missingPrograms: ['nft', 'unshare', 'flock'],
        canInstall: false,
      }),
    ).toMatchObject({
      problem: 'these programs are missing: nft, unshare, flock',
      remedy: expect.stringContaining('apt-get install nftables util-linux,'),
    });
  });

  it('wants memory, but not of an instance that has it already', () => {
    const facts = { availableMemory: neededMemory - 1e8 };
    expect(onlyProblemOf(facts)).toMatchObject({
      id: 'memory',
      problem: expect.stringContaining('2.4 GB are available'),
    });
    expect(problemsOf({ ...facts, isRunning: true })).toEqual([]);
  });

  it('wants disk, and says where', () => {
    expect(
      onlyProblemOf({ state: { ...good.state, free: 1e9 } }),
    ).toMatchObject({
      id: 'disk',
      problem: "the state at '/state' wants 3.0 GB free, 1.0 GB are",
    });
  });

  it("refuses a file system on which containers' layers can't be stacked", () => {
    expect(
      onlyProblemOf({ state: { ...good.state, isStackable: false } }).remedy,
    ).toContain('XDG_STATE_HOME');
  });

  it('names the cgroup controllers that lack', () => {
    expect(
      onlyProblemOf({ cgroup: { ...good.cgroup, controllers: ['cpu'] } }),
    ).toMatchObject({
      problem:
        'the cgroup controllers cpuset, memory, pids are missing (cgroup v2)',
    });
  });

  it('refuses a read-only cgroup tree', () => {
    expect(
      onlyProblemOf({ cgroup: { ...good.cgroup, writable: false } }).problem,
    ).toContain('read-only');
  });

  it('refuses a container whose cgroup holds processes, unless systemd gives us one of our own', () => {
    const occupied = { ...good.cgroup, isOccupied: true };
    expect(problemsOf({ cgroup: occupied })).toEqual([]);
    expect(onlyProblemOf({ cgroup: { ...occupied, systemd: false } }).id).toBe(
      'cgroupTree',
    );
    expect(
      problemsOf({ cgroup: { ...occupied, version: 'v1', systemd: false } }),
    ).toEqual([]);
  });

  it('says what the kernel refused', () => {
    expect(onlyProblemOf({ refusedFeatures: ['a bridge'] }).problem).toBe(
      'the kernel refused: a bridge',
    );
  });

  it('names a port that somebody else has by now, and how to find out who', () => {
    expect(onlyProblemOf({ takenPorts: [8080] })).toMatchObject({
      problem: expect.stringContaining('port 8080'),
      remedy: expect.stringContaining("ss -ltnp 'sport = :8080'"),
    });
  });

  it('tells all problems at once', () => {
    expect(
      problemsOf({ isRoot: false, availableMemory: 0, takenPorts: [1] }).map(
        ({ id }) => id,
      ),
    ).toEqual(['root', 'memory', 'ports']);
  });
});
