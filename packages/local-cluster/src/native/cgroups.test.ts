import { cgroupLayout } from './cgroups';

describe('cgroupLayout', () => {
  it('is a child of the own cgroup in every hierarchy of v1', () => {
    expect(
      cgroupLayout('dev', {
        unified: false,
        systemd: false,
        own: '9:name=systemd:/\n4:memory:/user/a:b\n2:cpu,cpuacct:/\n0::/\n',
      }),
    ).toEqual({
      kind: 'v1',
      directories: [
        '/sys/fs/cgroup/systemd/storeyard-dev',
        '/sys/fs/cgroup/memory/user/a:b/storeyard-dev',
        '/sys/fs/cgroup/cpu,cpuacct/storeyard-dev',
        '/sys/fs/cgroup/unified/storeyard-dev',
      ],
    });
  });

  it("is below the tree's root on v2, since the own cgroup holds processes", () => {
    expect(
      cgroupLayout('dev', {
        unified: true,
        systemd: false,
        own: '0::/user.slice/session-1.scope\n',
      }),
    ).toEqual({ kind: 'v2', directories: ['/sys/fs/cgroup/storeyard-dev'] });
  });

  it('is a scope unit where systemd owns the tree', () => {
    expect(
      cgroupLayout('dev', {
        unified: true,
        systemd: true,
        own: '0::/user.slice/session-1.scope\n',
      }),
    ).toEqual({
      kind: 'v2-systemd',
      directories: ['/sys/fs/cgroup/system.slice/storeyard-dev.scope'],
    });
  });

  it('has no part in the tree of systemd on v1', () => {
    expect(
      cgroupLayout('dev', { unified: false, systemd: true, own: '1:cpu:/\n' })
        .kind,
    ).toBe('v1');
  });
});
