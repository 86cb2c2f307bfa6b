import { instancePaths } from '../instancePaths';
import { instanceConfiguration } from './instance';
import { renderConfiguration } from './renderConfiguration';

const paths = instancePaths('/state/dev');
const configuration = instanceConfiguration({
  paths,
  instance: 'dev',
  ports: { ingress: 8083, api: 6450 },
  bin: '/cache/cluster/v1/bin',
  cgroups: {
    directories: ['/sys/fs/cgroup/cpu/storeyard-dev'],
    unified: false,
  },
});
const programs = new Map(
  configuration.programs.map(program => [program.name, program]),
);

describe('instanceConfiguration', () => {
  it("listens on the host's loopback only, and leads to the API server and the ingress controller", () => {
    expect(configuration.forwards).toEqual([
      { listen: '127.0.0.1:8083', to: '127.0.0.1:8080' },
      { listen: '127.0.0.1:6450', to: '10.44.0.1:16443' },
    ]);
  });

  it('lets programs write below the state only', () => {
    expect(configuration.binds).toEqual([
      { path: '/state/dev', readOnly: false },
      { path: '/cache/cluster/v1', readOnly: true },
    ]);
  });

  it('waits only for programs that come earlier and can be ready', () => {
    const earlier = new Set<string>();
    for (const { name, after = [], ready, once } of configuration.programs) {
      after.forEach(other => expect(earlier).toContain(other));
      if (ready || once) {
        earlier.add(name);
      }
    }
    expect(programs.get('netpold')?.after).toEqual(['agent-rights']);
  });

  it('stops pods before what they and the kubelet need', () => {
    const order = [...programs.keys()].reverse();
    expect(order.indexOf('kubelet')).toBeLessThan(order.indexOf('apiserver'));
    expect(order.indexOf('kubelet')).toBeLessThan(order.indexOf('containerd'));
    expect(programs.get('kubelet')?.afterStop?.[0]).toBe(
      '/cache/cluster/v1/bin/podrm',
    );
  });

  it('writes an audit log that is bounded', () => {
    expect(programs.get('apiserver')?.command).toEqual(
      expect.arrayContaining([
        '--audit-log-path=/state/dev/audit.log',
        '--audit-log-maxsize=50',
        '--audit-log-maxbackup=1',
      ]),
    );
  });
});

describe('renderConfiguration', () => {
  const files = renderConfiguration({
    paths,
    configuration,
    bin: '/cache/cluster/v1/bin',
    pauseImage: 'storeyard.local/pause:1',
  });
  const json = (name: string) =>
    JSON.parse(files[paths.configurationFile(name)] ?? '');

  it('audits who did what, and nothing of what was in it', () => {
    const { rules } = json('audit-policy.json');
    expect(rules.at(-1)).toEqual({ level: 'Metadata' });
    expect(
      rules.every(({ level }: { level: string }) =>
        ['None', 'Metadata'].includes(level),
      ),
    ).toBe(true);
  });

  it('never collects images, which could not be pulled again', () => {
    expect(json('kubelet.json').imageGCHighThresholdPercent).toBe(100);
  });

  it('makes the policy engine the last step of giving a pod its network', () => {
    const { plugins } = JSON.parse(
      files[`${paths.podNetwork}/10-storeyard.conflist`] ?? '',
    );
    expect(plugins.map(({ type }: { type: string }) => type)).toEqual([
      'ptp',
      'portmap',
      'netpold',
    ]);
  });

  it('holds no key', () => {
    expect(JSON.stringify(files)).not.toContain('PRIVATE KEY');
  });
});
