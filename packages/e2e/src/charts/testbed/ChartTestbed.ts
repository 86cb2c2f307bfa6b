import { ControlPlane, programs } from '@storeyard/local-cluster';
import { Kubectl } from '../../testbed/Kubectl';
import { waitFor } from '../../testbed/waitFor';
import { charts, valuesFile } from './charts';

export const installation = '0f9b7a3e-3c1b-4a5d-9a55-6d1c2e3f4a5b';

/** A control plane without nodes, with the platform chart in it as the native cluster has it. */
export class ChartTestbed {
  static async start(): Promise<ChartTestbed> {
    const controlPlane = await ControlPlane.start({ programs: programs() });
    try {
      const testbed = new ChartTestbed(controlPlane);
      await testbed.installPlatform();
      return testbed;
    } catch (error) {
      await controlPlane.stop();
      throw error;
    }
  }

  readonly admin: Kubectl;
  private portalAccount: Kubectl | undefined;

  private constructor(private readonly controlPlane: ControlPlane) {
    this.admin = this.kubectlWith(controlPlane.kubeconfig);
  }

  /** As the account that the portal works under, by the token that a local portal gets. */
  get portal(): Kubectl {
    if (!this.portalAccount) {
      throw new Error('The platform chart is not installed');
    }
    return this.portalAccount;
  }

  async stop(): Promise<void> {
    await this.controlPlane.stop();
  }

  /** Makes a store's namespace as the orchestrator does, with its rights in there. */
  async createStoreNamespace(id: string): Promise<string> {
    const namespace = `store-${id}`;
    await this.portal.run(['create', '-f', '-'], storeNamespace(namespace, id));
    await this.portal.run([
      'create',
      'rolebinding',
      'storeyard-store-worker',
      '--namespace',
      namespace,
      '--clusterrole=storeyard-store-worker',
      '--serviceaccount=platform:platform-api',
    ]);
    // The API server's authorizer learns of a binding a moment later.
    await waitFor(
      { what: `rights in ${namespace}`, interval: 50 },
      async () =>
        (
          await this.portal.try(['get', 'secrets', '--namespace', namespace])
        ).exitCode === 0,
    );
    return namespace;
  }

  private async installPlatform(): Promise<void> {
    await this.admin.helm([
      'upgrade',
      '--install',
      'platform',
      charts.platform,
      '--namespace',
      'platform',
      '--create-namespace',
      '--values',
      valuesFile(charts.platform, 'local'),
    ]);
    const token = await waitFor({ what: "the account's token" }, async () => {
      const secret = await this.admin.json<{
        data?: { token?: string };
      }>(['get', 'secret', 'platform-api-token', '--namespace', 'platform']);
      return secret.data?.token;
    });
    this.portalAccount = this.kubectlWith(
      await this.controlPlane.kubeconfigForToken({
        name: 'portal',
        token: Buffer.from(token, 'base64').toString(),
      }),
    );
    await waitFor(
      { what: 'the policies take effect', interval: 100 },
      async () =>
        (
          await this.portal.try(
            ['create', '--dry-run=server', '-f', '-'],
            storeNamespace('probe-storeyard', 'probe'),
          )
        ).stderr.includes('storeyard: only namespaces store-*'),
    );
  }

  private kubectlWith(kubeconfig: string): Kubectl {
    const { kubectl, helm } = programs();
    return Kubectl.create({ kubectl, helm, kubeconfig });
  }
}

/** The namespace of a store, as JSON for `kubectl -f -`; labels that are `undefined` are left out. */
export function storeNamespace(
  name: string,
  id: string,
  labels: Record<string, string | undefined> = {},
): string {
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      name,
      labels: {
        'storeyard.dev/store-id': id,
        'storeyard.dev/installation': installation,
        'pod-security.kubernetes.io/enforce': 'restricted',
        'pod-security.kubernetes.io/enforce-version': 'latest',
        ...labels,
      },
    },
  });
}
