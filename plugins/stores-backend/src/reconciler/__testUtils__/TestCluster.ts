import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import {
  ControlPlane,
  type Programs,
  programs as locatePrograms,
} from '@storeyard/local-cluster';
import { execa } from 'execa';
import { ClusterClient, ClusterConnection } from '../../cluster';
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
  }> {
    const folder = await mkdtemp(join(this.directory, 'helm-'));
    const [command, gate, log] = ['helm', 'gate', 'log'].map(name =>
      join(folder, name),
    ) as [string, string, string];
    await writeFile(
      command,
      `#!/bin/sh
echo "$@" >> '${log}'
if [ "$1" = upgrade ]; then while [ ! -e '${gate}' ]; do sleep 0.02; done; fi
exec '${this.programs.helm}' "$@"
`,
    );
    await chmod(command, 0o755);
    return {
      command,
      open: () => writeFile(gate, ''),
      calls: () => readFile(log, 'utf8'),
    };
  }

  /** What the portal's account asked of the API server about a namespace, from the audit log. */
  async requestsOf(namespace: string): Promise<AuditedRequest[]> {
    const lines = (await readFile(this.controlPlane.auditLog, 'utf8'))
      .trim()
      .split('\n');
    return lines
      .map(line => JSON.parse(line) as AuditEvent)
      .filter(
        ({ stage, user, objectRef }) =>
          stage === 'ResponseComplete' &&
          user.username === 'system:serviceaccount:platform:platform-api' &&
          (objectRef?.namespace ?? objectRef?.name) === namespace,
      )
      .map(({ verb, userAgent = '', objectRef, responseStatus }) => ({
        verb,
        userAgent,
        resource: objectRef?.resource ?? '',
        name: objectRef?.name ?? '',
        code: responseStatus?.code ?? 0,
      }));
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
  resource: string;
  name: string;
  code: number;
}

interface AuditEvent {
  stage: string;
  verb: string;
  userAgent?: string;
  user: { username: string };
  objectRef?: { namespace?: string; name?: string; resource?: string };
  responseStatus?: { code: number };
}
