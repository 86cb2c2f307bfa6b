import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { request } from 'node:http';
import { createServer } from 'node:net';
import { checkFeatures } from '../context/checkFeatures';
import { runProgram } from '../platform/runProgram';
import { stateDirectory } from '../stateDirectory';
import { hostSnapshot } from './__fixtures__/hostSnapshot';
import { adminAccess, testCluster } from './__fixtures__/testCluster';
import { workload } from './__fixtures__/workload';
import { instancePaths } from './instancePaths';
import { readInstanceRecord } from './InstanceRecord';
import { firstProcess, instanceProcesses } from './lifecycle/instanceProcess';
import { NativeCluster } from './NativeCluster';
import { until } from './until';

jest.setTimeout(300_000);

const names = [`t${process.pid}`, `t${process.pid}b`] as const;
const instances = names.map(name => ({ name, state: stateDirectory(name) }));
const [first, second] = names.map(testCluster) as [
  NativeCluster,
  NativeCluster,
];

const kubectl = (cluster: NativeCluster, ...args: string[]) =>
  runProgram(adminAccess(cluster).kubectl, args);

const inPod = (cluster: NativeCluster, ...args: string[]) =>
  kubectl(cluster, 'exec', 'web', '--', '/probe', ...args);

function recordOf(name: string) {
  const paths = instancePaths(stateDirectory(name));
  return { paths, record: readInstanceRecord(paths.record)! };
}

function statusOf(port: number, host: string): Promise<number | undefined> {
  return new Promise(resolve => {
    request({ host: '127.0.0.1', port, headers: { host } })
      .on('response', response => {
        response.resume();
        resolve(response.statusCode);
      })
      .on('error', () => resolve(undefined))
      .end();
  });
}

function serves(cluster: NativeCluster): Promise<void> {
  return until(
    async () =>
      (await statusOf(cluster.ports.ingress, 'web.localhost')) === 200,
    { seconds: 60, what: `'${cluster.instance}' to serve` },
  );
}

describe('NativeCluster', () => {
  let before: ReturnType<typeof hostSnapshot>;

  beforeAll(() => {
    before = hostSnapshot(instances);
  });

  afterAll(async () => {
    await Promise.all([first.delete(), second.delete()]);
  });

  it('comes up twice side by side, on ports of their own', async () => {
    await Promise.all([first.up(), second.up()]);
    expect(first.ports).not.toEqual(second.ports);
    for (const cluster of [first, second]) {
      await expect(cluster.status()).resolves.toMatchObject({
        state: 'ready',
        node: { name: cluster.instance, ready: true },
        addons: [
          { name: 'coredns', ready: true },
          { name: 'traefik', ready: true },
        ],
      });
    }
  });

  it('gives volumes, serves through the ingress and enforces network policies', async () => {
    await expect(
      checkFeatures({
        access: adminAccess(first),
        ingressPort: first.ports.ingress,
        imagesRemedy: '',
      }),
    ).resolves.toBeUndefined();
  });

  it('keeps what it has when it is brought up again', async () => {
    const { paths, record } = recordOf(first.instance);
    const pid = firstProcess(paths, record);
    await first.up();
    expect(firstProcess(paths, record)).toBe(pid);
  });

  it('audits who did what, without what was in it', async () => {
    await kubectl(
      first,
      ...['create', 'secret', 'generic', 'audited', '--from-literal=a=hidden'],
    );
    const log = readFileSync(first.auditLog, 'utf8');
    const event = log
      .split('\n')
      .filter(Boolean)
      .map(line => JSON.parse(line))
      .find(
        ({ verb, objectRef }) =>
          verb === 'create' && objectRef?.name === 'audited',
      );
    expect(event).toMatchObject({
      level: 'Metadata',
      user: { username: 'admin' },
    });
    expect(log).not.toContain(Buffer.from('hidden').toString('base64'));
  });

  it('keeps volumes and objects when its first process is killed, and disturbs nobody else', async () => {
    for (const cluster of [first, second]) {
      await runProgram(adminAccess(cluster).kubectl, ['create', '-f', '-'], {
        input: JSON.stringify(workload),
      });
      await kubectl(cluster, 'wait', '--for=condition=Ready', 'pod/web');
      await serves(cluster);
    }
    await inPod(first, 'write', '/data/note', 'kept');

    const { paths, record } = recordOf(first.instance);
    process.kill(firstProcess(paths, record)!, 'SIGKILL');
    await until(() => instanceProcesses(record).length === 0, {
      ...{ seconds: 10, what: 'all its processes to end' },
    });
    await expect(first.status()).resolves.toMatchObject({ state: 'stopped' });

    await first.up();
    await serves(first);
    await expect(inPod(first, 'read', '/data/note')).resolves.toBe('kept');

    const restarts = await kubectl(
      second,
      ...['get', 'pods', '--all-namespaces', '-o'],
      'jsonpath={.items[*].status.containerStatuses[*].restartCount}',
    );
    expect(new Set(restarts.split(' '))).toEqual(new Set(['0']));
  });

  it('stops in order and refuses to start when somebody else has taken its port', async () => {
    await second.stop();
    await expect(second.status()).resolves.toMatchObject({ state: 'stopped' });
    const { record } = recordOf(second.instance);
    expect(instanceProcesses(record)).toEqual([]);

    const squatter = createServer().listen(second.ports.ingress, '127.0.0.1');
    await once(squatter, 'listening');
    await expect(second.up()).rejects.toThrow(
      `port ${second.ports.ingress}, which the instance has had since it was made, is taken`,
    );
    squatter.close();
    await once(squatter, 'close');
  });

  it('goes on when whoever brings it up is killed', async () => {
    const { pid } = instancePaths(stateDirectory(second.instance));
    expect(existsSync(pid)).toBe(true);
    const starter = spawn(
      process.execPath,
      [
        ...['--require', '@backstage/cli/config/nodeTransform.cjs'],
        ...[require.resolve('./__fixtures__/bringUp'), second.instance],
      ],
      { stdio: 'ignore' },
    );
    const { paths, record } = recordOf(second.instance);
    await until(() => firstProcess(paths, record) !== undefined, {
      ...{ seconds: 60, what: 'its first process', milliseconds: 5 },
    });
    starter.kill('SIGKILL');
    await once(starter, 'exit');

    await second.up();
    await serves(second);
  });

  it('leaves nothing behind', async () => {
    // What the snapshot sees of a running one; links, tables and mounts it never sees.
    const meanwhile = hostSnapshot(instances);
    expect(meanwhile.processes).toEqual(
      expect.arrayContaining(['instance', 'containerd', 'kube', 'probe']),
    );
    expect(meanwhile.cgroups.length).toBeGreaterThan(before.cgroups.length);
    expect(meanwhile.folders).toEqual(instances);
    expect(meanwhile.tables).toEqual(before.tables);
    expect(meanwhile.links).toEqual(before.links);

    await Promise.all([first.delete(), second.delete()]);
    expect(hostSnapshot(instances)).toEqual(before);
  });
});
