import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ForwardedError } from '@backstage/errors';
import { ApiCredentials, ApiRequests } from './ApiRequests';
import { freePort } from './freePort';
import { createKubeconfig, KubeconfigUser } from './kubeconfig';
import { makeKeys } from './makeKeys';
import { Program } from './Program';
import {
  apiServerArguments,
  auditPolicy,
  controllerManagerArguments,
  etcdArguments,
  schedulerArguments,
} from './programArguments';
import { removeWithThisProcess } from './removeWithThisProcess';

export interface StartControlPlaneOptions {
  /** Absolute path of the multi-call Kubernetes program. */
  programs: { kube: string };
  /** Folder below which the control plane makes one of its own; the system's folder for temporary files unless told. */
  directory?: string;
  /** Places pods on nodes, of which there are none unless the test makes them. Off unless told. */
  scheduler?: boolean;
  /** Seconds until a start is given up; 120 unless told. */
  deadlineSeconds?: number;
}

export interface ServiceAccountName {
  namespace: string;
  name: string;
}

const portTaken = 'address already in use';

/**
 * Kubernetes without nodes, for tests: etcd, the API server with admission and audit log, and the controllers.
 * Ready in about four seconds; several run side by side. Nothing of it outlives `stop`, nor this process.
 */
export class ControlPlane {
  /** @throws ForwardedError with the last lines of the program that failed. */
  static async start(options: StartControlPlaneOptions): Promise<ControlPlane> {
    for (let attempt = 1; ; attempt++) {
      const directory = await mkdtemp(
        join(options.directory ?? tmpdir(), 'storeyard-control-plane-'),
      );
      const controlPlane = new ControlPlane(
        directory,
        options.programs.kube,
        await freePort(),
        performance.now() + (options.deadlineSeconds ?? 120) * 1000,
      );
      try {
        await controlPlane.run(options.scheduler ?? false);
        return controlPlane;
      } catch (error) {
        await controlPlane.stop();
        // Somebody may have taken the port since it was found free.
        if (attempt < 3 && String(error).includes(portTaken)) {
          continue;
        }
        throw new ForwardedError('The control plane did not start', error);
      }
    }
  }

  private readonly programs: Program[] = [];
  private readonly leaveToStop: () => void;
  private credentials: ApiCredentials | undefined;

  private constructor(
    readonly directory: string,
    private readonly kube: string,
    /** The API server's, on 127.0.0.1. */
    readonly port: number,
    private readonly deadline: number,
  ) {
    this.leaveToStop = removeWithThisProcess(directory);
  }

  /** Path of the kubeconfig of a member of `system:masters`. */
  get kubeconfig(): string {
    return this.path('admin.kubeconfig');
  }

  /** Path of the audit log: a JSON line a request, level Metadata. */
  get auditLog(): string {
    return this.path('log', 'audit.log');
  }

  /**
   * Writes a kubeconfig with a token (one hour) of a service account.
   *
   * @returns its path
   */
  async kubeconfigFor(account: ServiceAccountName): Promise<string> {
    const answer = await this.requests().post(
      `/api/v1/namespaces/${account.namespace}/serviceaccounts/${account.name}/token`,
      {
        apiVersion: 'authentication.k8s.io/v1',
        kind: 'TokenRequest',
        spec: { expirationSeconds: 3600 },
      },
    );
    if (answer.status !== 201) {
      throw new Error(
        `No token for service account '${account.namespace}/${account.name}', expected 201, found ${answer.status}: ${answer.body}`,
      );
    }
    return this.kubeconfigForToken({
      name: `${account.namespace}.${account.name}`,
      token: JSON.parse(answer.body).status.token,
    });
  }

  /**
   * Writes a kubeconfig with a token that the caller has.
   *
   * @returns its path
   */
  async kubeconfigForToken(options: {
    name: string;
    token: string;
  }): Promise<string> {
    return this.writeKubeconfig(options.name, { token: options.token });
  }

  /** Ends all programs and removes all files. May be called again. */
  async stop(): Promise<void> {
    await Promise.all(this.programs.map(program => program.kill()));
    await rm(this.directory, { recursive: true, force: true });
    this.leaveToStop();
  }

  private async run(scheduler: boolean): Promise<void> {
    await Promise.all([
      mkdir(this.path('log')),
      mkdir(this.path('keys')),
      writeFile(this.path('audit-policy.json'), JSON.stringify(auditPolicy)),
    ]);
    await this.launch('etcd', etcdArguments);
    await this.makeKeys();
    await this.launch(
      'kube-apiserver',
      apiServerArguments({ port: this.port, auditLog: 'log/audit.log' }),
    );
    await this.waitForStatus('/readyz', 200);
    await this.launch('kube-controller-manager', controllerManagerArguments);
    if (scheduler) {
      await this.launch('kube-scheduler', schedulerArguments);
    }
    // The first thing that a test needs and the last that the controllers make.
    await this.waitForStatus(
      '/api/v1/namespaces/default/serviceaccounts/default',
      200,
    );
  }

  private async makeKeys(): Promise<void> {
    const keys = await makeKeys(this.path('keys'));
    this.credentials = { authority: keys.authority, ...keys.admin };
    await Promise.all([
      this.writeKubeconfig('admin', keys.admin),
      this.writeKubeconfig('controller-manager', keys.controllerManager),
      this.writeKubeconfig('scheduler', keys.scheduler),
    ]);
  }

  private async writeKubeconfig(
    name: string,
    user: KubeconfigUser,
  ): Promise<string> {
    const file = this.path(`${name}.kubeconfig`);
    const content = createKubeconfig({
      server: `https://127.0.0.1:${this.port}`,
      authority: this.requireCredentials().authority,
      user,
    });
    await writeFile(file, content, { mode: 0o600 });
    return file;
  }

  private async launch(name: string, args: string[]): Promise<void> {
    this.programs.push(
      await Program.start({
        name,
        command: this.kube,
        args: [name, ...args],
        directory: this.directory,
        logFile: this.path('log', `${name}.log`),
      }),
    );
  }

  private async waitForStatus(path: string, status: number): Promise<void> {
    let last: unknown;
    for (;;) {
      for (const program of this.programs) {
        if (program.end !== undefined) {
          throw new Error(
            `${program.name} failed, ${
              program.end
            }:\n${await program.lastLines()}`,
          );
        }
      }
      try {
        const answer = await this.requests().get(path);
        if (answer.status === status) {
          return;
        }
        last = `${answer.status} ${answer.body}`;
      } catch (error) {
        last = error;
      }
      if (performance.now() > this.deadline) {
        throw new Error(`GET ${path}: expected ${status}, found ${last}`);
      }
      await new Promise(resolve => setTimeout(resolve, 50));
    }
  }

  private requests(): ApiRequests {
    return new ApiRequests(this.port, this.requireCredentials());
  }

  private requireCredentials(): ApiCredentials {
    if (!this.credentials) {
      throw new Error('The control plane has no keys yet');
    }
    return this.credentials;
  }

  private path(...parts: string[]): string {
    return join(this.directory, ...parts);
  }
}
