import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import {
  ControlPlane,
  type Programs,
  programs as locatePrograms,
} from '@storeyard/local-cluster';
import { execa } from 'execa';
import {
  type ClaimObject,
  ClusterClient,
  ClusterConnection,
  type KubernetesObject,
  type NamespaceObject,
  objectPath,
  type ObjectReference,
  type PodObject,
} from '../../cluster';
import { GatedHelm } from './GatedHelm';
import { type AuditedRequest, readAuditLog } from './readAuditLog';
import { kindOf, reference } from './reference';
import { StandInIngress } from './StandInIngress';
import { StandInNode } from './StandInNode';
import { StandInProvisioner } from './StandInProvisioner';

const STORE_KINDS = [
  'Secret',
  'ServiceAccount',
  'Service',
  'ResourceQuota',
  'LimitRange',
  'PersistentVolumeClaim',
  'Deployment',
  'StatefulSet',
  'Ingress',
  'NetworkPolicy',
];

const CHARTS = resolve(__dirname, '../../../../../charts');

/** A real API server with the platform chart in it; pods, volumes and ingress are stand-ins. */
export class TestCluster {
  static async start(): Promise<TestCluster> {
    const located = locatePrograms();
    const controlPlane = await ControlPlane.start({ programs: located });
    try {
      const directory = await mkdtemp(join(tmpdir(), 'storeyard-loop-'));
      await execa(located.helm, [
        'install',
        'platform',
        join(CHARTS, 'platform'),
        '--namespace=platform',
        '--create-namespace',
        `--kubeconfig=${controlPlane.kubeconfig}`,
      ]);
      const portalKubeconfig = await controlPlane.kubeconfigFor({
        namespace: 'platform',
        name: 'platform-api',
      });
      return new TestCluster(
        located,
        controlPlane,
        portalKubeconfig,
        directory,
        await StandInIngress.start(),
      );
    } catch (error) {
      await controlPlane.stop();
      throw error;
    }
  }

  readonly chart = join(CHARTS, 'medusa-store');
  readonly connection: ClusterConnection;
  readonly admin: ClusterClient;
  readonly node: StandInNode;
  private readonly provisioner: StandInProvisioner;

  private constructor(
    readonly programs: Programs,
    private readonly controlPlane: ControlPlane,
    /** The rights of the portal's service account. */
    readonly portalKubeconfig: string,
    readonly directory: string,
    readonly ingress: StandInIngress,
  ) {
    this.connection = ClusterConnection.create({
      kubeconfig: this.adminKubeconfig,
    });
    this.admin = ClusterClient.create({ connection: this.connection });
    this.node = StandInNode.start(this.admin);
    this.provisioner = StandInProvisioner.start(this.admin);
  }

  get adminKubeconfig(): string {
    return this.controlPlane.kubeconfig;
  }

  /** Runs Helm as a person would. */
  async helm(...args: string[]): Promise<string> {
    const { stdout } = await execa(this.programs.helm, [
      ...args,
      `--kubeconfig=${this.adminKubeconfig}`,
    ]);
    return stdout;
  }

  async createGatedHelm(): Promise<GatedHelm> {
    const { directory, programs } = this;
    return await GatedHelm.create({ helm: programs.helm, directory });
  }

  /** What the portal's account asked of the API server about a namespace, from the audit log. */
  async requestsOf(namespace: string): Promise<AuditedRequest[]> {
    const requests = await this.requests();
    return requests.filter(request => request.namespace === namespace);
  }

  /** All that the portal's account asked of the API server. */
  async requests(): Promise<AuditedRequest[]> {
    return await readAuditLog(
      this.controlPlane.auditLog,
      'system:serviceaccount:platform:platform-api',
    );
  }

  async find<T extends KubernetesObject>(
    kind: string,
    name: string,
    namespace?: string,
  ): Promise<T | undefined> {
    return await this.admin.get<T>(reference(kind, name, namespace));
  }

  async namespace(name: string): Promise<NamespaceObject | undefined> {
    return await this.find<NamespaceObject>('Namespace', name);
  }

  async claimsOf(namespace: string): Promise<ClaimObject[]> {
    return await this.list<ClaimObject>('PersistentVolumeClaim', namespace);
  }

  async podsOf(namespace: string): Promise<PodObject[]> {
    return await this.list<PodObject>('Pod', namespace);
  }

  /** All that a store consists of, but for its pods. */
  async objectsOf(namespace: string): Promise<KubernetesObject[]> {
    const lists = await Promise.all(
      STORE_KINDS.map(kind => this.list(kind, namespace)),
    );
    return lists.flat();
  }

  async patchNamespace(name: string, metadata: object): Promise<void> {
    await this.admin.patch(reference('Namespace', name), {
      merge: { metadata },
    });
  }

  /**
   * Forbids the portal's account all in the namespaces of stores.
   *
   * @returns what gives it back
   */
  async takeWorkersRights(): Promise<() => Promise<void>> {
    const path =
      '/apis/rbac.authorization.k8s.io/v1/clusterroles/storeyard-store-worker';
    const { rules } = await this.admin.read<{ rules: object[] }>(path);
    const setRules = async (to: object[]) => {
      const { status } = await this.connection.send({
        method: 'PATCH',
        path,
        headers: { 'content-type': 'application/merge-patch+json' },
        body: JSON.stringify({ rules: to }),
        timeoutMs: 10_000,
      });
      expect(status).toBe(200);
    };
    await setRules([]);
    return async () => await setRules(rules);
  }

  /** Changes an object as a person with kubectl would, under a field manager of that name. */
  async edit(
    object: ObjectReference,
    change: object,
    options: {
      manager?: string;
      type?: 'merge' | 'strategic-merge' | 'json';
      subresource?: string;
    } = {},
  ): Promise<void> {
    const { manager = 'kubectl-edit', type = 'merge', subresource } = options;
    const { status, body } = await this.connection.send({
      method: 'PATCH',
      path: `${objectPath(object)}${
        subresource ? `/${subresource}` : ''
      }?fieldManager=${manager}`,
      headers: { 'content-type': `application/${type}-patch+json` },
      body: JSON.stringify(change),
      timeoutMs: 10_000,
    });
    if (status >= 300) throw new Error(`${status}: ${body}`);
  }

  async stop(): Promise<void> {
    await this.node.stop();
    await this.provisioner.stop();
    await this.ingress.stop();
    await this.controlPlane.stop();
    await rm(this.directory, { recursive: true, force: true });
  }

  private async list<T extends KubernetesObject>(
    kind: string,
    namespace: string,
  ): Promise<T[]> {
    return await this.admin.list<T>({ ...kindOf(kind), namespace });
  }
}
