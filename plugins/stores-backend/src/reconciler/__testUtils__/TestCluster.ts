import { existsSync } from 'node:fs';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import {
  ControlPlane,
  type Programs,
  programs as locatePrograms,
} from '@storeyard/local-cluster';
import { execa } from 'execa';
import {
  ClusterClient,
  ClusterConnection,
  objectPath,
  type ObjectReference,
} from '../../cluster';
import { StandInIngress } from './StandInIngress';
import { StandInNode } from './StandInNode';
import { StandInProvisioner } from './StandInProvisioner';

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
    this.node = StandInNode.start(this.connection);
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

  /** A Helm that notes its arguments and waits before an upgrade until it is let go. */
  async createGatedHelm(): Promise<{
    command: string;
    open(): Promise<void>;
    calls(): Promise<string>;
    /** Whether the last `upgrade` still runs. */
    isUpgrading(): Promise<boolean>;
  }> {
    const folder = await mkdtemp(join(this.directory, 'helm-'));
    const [command, gate, log, pid] = ['helm', 'gate', 'log', 'pid'].map(name =>
      join(folder, name),
    ) as [string, string, string, string];
    await writeFile(
      command,
      `#!/bin/sh
echo "$@" >> '${log}'
if [ "$1" = upgrade ]; then echo $$ > '${pid}'; while [ ! -e '${gate}' ]; do sleep 0.02; done; fi
exec '${this.programs.helm}' "$@"
`,
    );
    await chmod(command, 0o755);
    return {
      command,
      open: () => writeFile(gate, ''),
      calls: () => readFile(log, 'utf8'),
      isUpgrading: async () =>
        existsSync(`/proc/${(await readFile(pid, 'utf8')).trim()}`),
    };
  }

  /** What the portal's account asked of the API server about a namespace, from the audit log. */
  async requestsOf(namespace: string): Promise<AuditedRequest[]> {
    const requests = await this.requests();
    return requests.filter(request => request.namespace === namespace);
  }

  /** All that the portal's account asked of the API server, a watch from its beginning on. */
  async requests(): Promise<AuditedRequest[]> {
    const lines = (await readFile(this.controlPlane.auditLog, 'utf8'))
      .trim()
      .split('\n');
    const events = lines
      .map(line => JSON.parse(line) as AuditEvent)
      .filter(
        ({ stage, user, verb }) =>
          (stage === 'ResponseComplete' || verb === 'watch') &&
          user.username === 'system:serviceaccount:platform:platform-api',
      );
    // A watch is logged when it begins and again when it ends.
    return [
      ...new Map(events.map(event => [event.auditID, event])).values(),
    ].map(event => ({
      verb: event.verb,
      userAgent: event.userAgent ?? '',
      namespace: event.objectRef?.namespace ?? event.objectRef?.name ?? '',
      resource: event.objectRef?.resource ?? '',
      name: event.objectRef?.name ?? '',
      code: event.responseStatus?.code ?? 0,
      at: new Date(event.requestReceivedTimestamp),
    }));
  }

  /** Changes an object as a person with kubectl would, under a field manager of that name. */
  async edit(
    reference: ObjectReference,
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
      path: `${objectPath(reference)}${
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
}

export interface AuditedRequest {
  verb: string;
  userAgent: string;
  /** Of the object, or its name when it is in none. */
  namespace: string;
  resource: string;
  name: string;
  code: number;
  at: Date;
}

interface AuditEvent {
  auditID: string;
  stage: string;
  verb: string;
  userAgent?: string;
  requestReceivedTimestamp: string;
  user: { username: string };
  objectRef?: { namespace?: string; name?: string; resource?: string };
  responseStatus?: { code: number };
}
