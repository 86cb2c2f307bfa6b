import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ClusterUnreachableError } from './ClusterError';
import { readCredentials } from './readCredentials';

describe('readCredentials', () => {
  const before = process.env.KUBERNETES_SERVICE_HOST;
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'credentials-'));
    delete process.env.KUBERNETES_SERVICE_HOST;
  });

  afterEach(async () => {
    await rm(folder, { recursive: true });
    if (before === undefined) delete process.env.KUBERNETES_SERVICE_HOST;
    else process.env.KUBERNETES_SERVICE_HOST = before;
  });

  async function refusal(kubeconfig?: string): Promise<string> {
    const error = await readCredentials(kubeconfig).then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(ClusterUnreachableError);
    return String(error);
  }

  async function keep(config: object): Promise<string> {
    const kubeconfig = join(folder, 'kubeconfig');
    await writeFile(kubeconfig, JSON.stringify(config));
    return kubeconfig;
  }

  it('says what to set where neither a kubeconfig nor a pod leads to a cluster', async () => {
    const words = await refusal();
    expect(words).toContain("set 'stores.cluster.kubeconfig' to the path");
    expect(words).not.toContain('ENOENT');
  });

  it('says what to set where the pod got no token', async () => {
    process.env.KUBERNETES_SERVICE_HOST = '10.0.0.1';
    const words = await refusal();
    expect(words).toContain("set 'automountServiceAccountToken: true'");
    expect(words).not.toContain('ENOENT');
  });

  it('names the kubeconfig that is not there', async () => {
    const path = join(folder, 'none');
    expect(await refusal(path)).toContain(
      `The kubeconfig '${path}' is not there (yet)`,
    );
  });

  it('names the kubeconfig whose current context leads nowhere', async () => {
    const path = await keep({ 'current-context': 'gone' });
    expect(await refusal(path)).toContain(`'${path}' names no current cluster`);
  });

  it('names the kubeconfig whose credentials are not there', async () => {
    const path = await keep({
      'current-context': 'c',
      contexts: [{ name: 'c', context: { cluster: 'c', user: 'u' } }],
      clusters: [{ name: 'c', cluster: { server: 'https://127.0.0.1:1' } }],
      users: [
        { name: 'u', user: { 'client-certificate': join(folder, 'gone.crt') } },
      ],
    });
    const words = await refusal(path);
    expect(words).toContain(`the kubeconfig '${path}' names can't be read`);
    expect(words).toContain('gone.crt');
  });
});
