import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { programs } from '../programs';
import { ControlPlane } from './ControlPlane';

jest.setTimeout(120_000);

async function kubectl(kubeconfig: string, args: string[]) {
  const { kube } = await programs();
  return execa(kube, ['kubectl', `--kubeconfig=${kubeconfig}`, ...args], {
    reject: false,
  });
}

async function processesIn(directory: string): Promise<string[]> {
  const { stdout } = await execa('ps', ['-eo', 'pid=,args=']);
  const found: string[] = [];
  for (const line of stdout.split('\n')) {
    const pid = line.trim().split(' ')[0];
    const link = await execa('readlink', [`/proc/${pid}/cwd`], {
      reject: false,
    });
    if (link.stdout.startsWith(directory)) {
      found.push(line);
    }
  }
  return found;
}

async function waitUntil(look: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + 100_000;
  while (!(await look())) {
    if (performance.now() > end) {
      throw new Error('Waited 100 s in vain');
    }
    await new Promise(resolve => setTimeout(resolve, 50));
  }
}

describe('ControlPlane', () => {
  let parent: string;

  beforeEach(async () => {
    parent = await mkdtemp(join(tmpdir(), 'storeyard-test-'));
  });

  afterEach(async () => {
    await rm(parent, { recursive: true, force: true });
  });

  it('runs several side by side, each with data of its own, and leaves nothing', async () => {
    const options = { programs: await programs(), directory: parent };
    const both = await Promise.all([
      ControlPlane.start(options),
      ControlPlane.start(options),
    ]);
    try {
      const [first, second] = both;
      expect(first.port).not.toBe(second.port);
      await kubectl(first.kubeconfig, ['create', 'namespace', 'only-here']);
      const here = await kubectl(first.kubeconfig, ['get', 'ns', 'only-here']);
      expect(here.exitCode).toBe(0);
      const there = await kubectl(second.kubeconfig, [
        'get',
        'ns',
        'only-here',
      ]);
      expect(there.stderr).toContain('not found');
      expect(await processesIn(parent)).toHaveLength(6);
    } finally {
      await Promise.all(both.map(controlPlane => controlPlane.stop()));
    }
    expect(await processesIn(parent)).toEqual([]);
    expect(await readdir(parent)).toEqual([]);
    await both[0].stop();
  });

  it('makes a kubeconfig of a service account, and audits what it does', async () => {
    const controlPlane = await ControlPlane.start({
      programs: await programs(),
      directory: parent,
    });
    try {
      const account = await controlPlane.kubeconfigFor({
        namespace: 'default',
        name: 'default',
      });
      const whoami = await kubectl(account, ['auth', 'whoami', '-o', 'json']);
      expect(JSON.parse(whoami.stdout).status.userInfo.username).toBe(
        'system:serviceaccount:default:default',
      );
      const secrets = await kubectl(account, ['get', 'secrets']);
      expect(secrets.stderr).toContain('forbidden');
      await waitUntil(async () =>
        (
          await readFile(controlPlane.auditLog, 'utf8')
        )
          .trimEnd()
          .split('\n')
          .map(line => JSON.parse(line))
          .some(
            event =>
              event.user.username === 'system:serviceaccount:default:default' &&
              event.objectRef?.resource === 'secrets' &&
              event.responseStatus.code === 403,
          ),
      );
      await expect(
        controlPlane.kubeconfigFor({ namespace: 'default', name: 'nobody' }),
      ).rejects.toThrow("'default/nobody', expected 201, found 404");
    } finally {
      await controlPlane.stop();
    }
  });

  it('goes with a process that is killed', async () => {
    const { kube } = await programs();
    const script = `
      const { ControlPlane } = require(${JSON.stringify(__dirname)});
      ControlPlane.start({
        programs: { kube: ${JSON.stringify(kube)} },
        directory: ${JSON.stringify(parent)},
      }).then(() => { console.log('up'); setInterval(() => {}, 1000); });`;
    const child = spawn(
      process.execPath,
      [
        '--require',
        '@backstage/cli/config/nodeTransform.cjs',
        '--eval',
        script,
      ],
      { cwd: __dirname, stdio: ['ignore', 'pipe', 'inherit'] },
    );
    await once(child.stdout, 'data');
    expect(await processesIn(parent)).toHaveLength(3);
    child.kill('SIGKILL');
    await waitUntil(
      async () =>
        (await processesIn(parent)).length === 0 &&
        (await readdir(parent)).length === 0,
    );
  });

  it('says what a program printed that does not start, and leaves nothing', async () => {
    await expect(
      ControlPlane.start({ programs: { kube: '/bin/ls' }, directory: parent }),
    ).rejects.toThrow(/etcd failed, it ended with 2:\n.*etcd/);
    await expect(
      ControlPlane.start({ programs: { kube: '/nowhere' }, directory: parent }),
    ).rejects.toThrow('No such file or directory');
    expect(existsSync(parent)).toBe(true);
    expect(await readdir(parent)).toEqual([]);
  });
});
