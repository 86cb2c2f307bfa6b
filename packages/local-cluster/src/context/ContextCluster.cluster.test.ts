import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { adminAccess, testCluster } from '../native/__fixtures__/testCluster';
import { runProgram } from '../platform/runProgram';
import { PreparationProgress } from '../progress';
import { stateDirectory } from '../stateDirectory';
import { ContextCluster, ContextClusterOptions } from './ContextCluster';

jest.setTimeout(300_000);

/** A native node stands in for somebody's cluster. */
const theirs = testCluster(`t${process.pid}c`);
const context = `storeyard-${theirs.instance}`;
const instance = `t${process.pid}d`;
const state = stateDirectory(instance);
const log = join(tmpdir(), `${instance}.log`);
const probe = '/images/probe.tar';

function createContextCluster(
  options: Partial<ContextClusterOptions> = {},
): ContextCluster {
  return ContextCluster.create({
    instance,
    state,
    context,
    ingressPort: theirs.ports.ingress,
    log,
    // It is on the node already: the context's name tells no way to bring it there.
    buildImages: async () => [probe],
    ...options,
  });
}

const kubectl = (...args: string[]) =>
  runProgram(adminAccess(theirs).kubectl, args);

describe('ContextCluster', () => {
  const before = { ...process.env };

  beforeAll(async () => {
    await theirs.up();
    Object.assign(process.env, await theirs.environment());
  });

  afterAll(async () => {
    process.env = before;
    await theirs.delete();
  });

  it('takes no context that was not named, and none that there is not', async () => {
    await expect(
      createContextCluster({ context: undefined }).up(),
    ).rejects.toThrow('which context? Name one by --context');
    await expect(
      createContextCluster({ context: 'elsewhere' }).up(),
    ).rejects.toThrow(
      `the kubeconfig has no context 'elsewhere', it has '${context}'`,
    );
    await expect(createContextCluster().status()).resolves.toMatchObject({
      state: 'absent',
    });
  });

  it('tries what stores need, and brings the portal its rights', async () => {
    const cluster = createContextCluster();
    await cluster.up();

    await expect(cluster.status()).resolves.toMatchObject({
      state: 'ready',
      node: { name: theirs.instance, ready: true },
      ports: theirs.ports,
    });
    await expect(
      runProgram(
        ['kubectl', `--kubeconfig=${cluster.kubeconfigs.portal}`],
        ['auth', 'whoami', '-o', 'jsonpath={.status.userInfo.username}'],
      ),
    ).resolves.toBe('system:serviceaccount:platform:platform-api');
    await expect(
      kubectl(
        ...['get', 'namespaces', '-o', 'name'],
        '--field-selector=status.phase=Active',
      ),
    ).resolves.not.toContain('storeyard-check-');
  });

  it('knows its context from then on, and what is there already', async () => {
    const cluster = createContextCluster({
      context: undefined,
      ingressPort: undefined,
    });
    const progress = PreparationProgress.create({
      instance,
      log,
      output: { write: () => true },
    });
    await cluster.up({ progress });

    expect(progress.snapshot()).toMatchObject({
      status: 'ready',
      items: [
        { id: 'checks', status: 'done' },
        { id: 'load-images', status: 'done' },
        { id: 'features', status: 'done' },
        { id: 'platform', status: 'kept' },
      ],
    });
    expect(cluster.ports).toEqual(theirs.ports);
  });

  it('says how images get where it can not bring them', async () => {
    await expect(createContextCluster().load([probe])).rejects.toMatchObject({
      message: `the name of context '${context}' doesn't tell how images get there`,
      remedy: expect.stringContaining(probe),
    });
  });

  it('is not deleted while stores are left, and leaves the cluster running', async () => {
    const cluster = createContextCluster();
    await kubectl('create', 'namespace', 'store-left-1a2b3');
    await kubectl(
      ...['label', 'namespace', 'store-left-1a2b3'],
      'storeyard.dev/store-id=left-1a2b3',
    );
    await expect(cluster.delete()).rejects.toThrow(
      "stores are left in the cluster, in the namespaces 'store-left-1a2b3': delete them first",
    );
    expect(existsSync(state)).toBe(true);
    await kubectl('delete', 'namespace', 'store-left-1a2b3');

    await cluster.delete();

    expect(existsSync(state)).toBe(false);
    await expect(
      kubectl('get', 'namespace', 'platform', '--ignore-not-found'),
    ).resolves.toBe('');
    await expect(
      kubectl('get', 'clusterroles', '-o', 'name'),
    ).resolves.not.toContain('storeyard');
    await expect(theirs.status()).resolves.toMatchObject({ state: 'ready' });
  });
});
