import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StoresClusterSupplier } from './StoresClusterSupplier';

const kubeconfigOf = (user: object) =>
  JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'portal',
    contexts: [{ name: 'portal', context: { cluster: 'one', user: 'portal' } }],
    clusters: [
      {
        name: 'one',
        cluster: {
          server: 'https://127.0.0.1:6443',
          'certificate-authority-data': 'Y2E=',
        },
      },
    ],
    users: [{ name: 'portal', user }],
  });

describe('StoresClusterSupplier', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'storeyard-clusters-'));
  });

  afterEach(() => rm(folder, { recursive: true }));

  it('finds the cluster once its kubeconfig is there', async () => {
    const kubeconfig = join(folder, 'kubeconfig');
    const supplier = StoresClusterSupplier.create({ kubeconfig });
    await expect(supplier.getClusters()).rejects.toThrow(
      `the kubeconfig '${kubeconfig}' can't be read`,
    );

    await writeFile(kubeconfig, kubeconfigOf({ token: 'the-token' }));
    expect(await supplier.getClusters()).toMatchObject([
      {
        name: 'stores',
        url: 'https://127.0.0.1:6443',
        caData: 'Y2E=',
        authMetadata: {
          'kubernetes.io/auth-provider': 'serviceAccount',
          serviceAccountToken: 'the-token',
        },
      },
    ]);
  });

  it('says what a kubeconfig without a token lacks', async () => {
    const kubeconfig = join(folder, 'kubeconfig');
    await writeFile(kubeconfig, kubeconfigOf({ username: 'x' }));

    await expect(
      StoresClusterSupplier.create({ kubeconfig }).getClusters(),
    ).rejects.toThrow('names no token');
  });

  it("takes the pod's own account where no kubeconfig is named", async () => {
    const [cluster] = await StoresClusterSupplier.create({}).getClusters();
    expect(cluster?.authMetadata).toEqual({
      'kubernetes.io/auth-provider': 'serviceAccount',
    });
  });
});
