import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  createCluster,
  LocalCluster,
  programs,
  stateDirectory,
} from '@storeyard/local-cluster';
import { Portal, removePortal, startPortal } from '@storeyard/launcher';
import { StoresApi } from './StoresApi';
import { Kubectl } from './Kubectl';
import { removeStaleInstances } from './removeStaleInstances';

// What a person did by hand is found, and what a killed process had begun is taken up, while the test looks.
const quick = `
scaffolder:
  taskRecovery:
    staleTimeout: { seconds: 8 }
stores:
  resyncSeconds: 5
`;

export interface StartTestbedOptions {
  /** Further lines of YAML below `stores:` in the portal's configuration. */
  stores?: string;
  /** Further files of the portal's configuration. */
  configFiles?: string[];
  /** The portal's port; a free one unless given. */
  port?: number;
}

/** The cluster that the suites of a run share, each after the other; without one a suite brings up its own. */
const shared = process.env.STOREYARD_TEST_INSTANCE;

/** A native cluster with a portal beside it. With `stop` both are gone, or as if nothing had been. */
export class Testbed {
  static async start(options: StartTestbedOptions = {}): Promise<Testbed> {
    const { stores = '', configFiles: further = [], port } = options;
    await removeStaleInstances();
    const instance = shared ?? `t${process.pid}`;
    const cluster = await createCluster({ instance, provider: 'native' });
    try {
      await cluster.up({});
      const configFile = join(stateDirectory(instance), 'e2e.yaml');
      await writeFile(configFile, `${quick}${stores}`);
      const configFiles = [configFile, ...further];
      const portal = await startPortal({ instance, configFiles, port });
      return new Testbed(instance, cluster, configFiles, portal);
    } catch (error) {
      await cluster.delete();
      throw error;
    }
  }

  private constructor(
    readonly instance: string,
    readonly cluster: LocalCluster,
    private readonly configFiles: string[],
    private currentPortal: Portal,
  ) {}

  get portal(): Portal {
    return this.currentPortal;
  }

  get api(): StoresApi {
    return StoresApi.create({
      baseUrl: this.currentPortal.baseUrl,
      token: this.currentPortal.token,
    });
  }

  /** As the cluster's admin. */
  get admin(): Kubectl {
    return this.kubectlWith(this.cluster.kubeconfigs.admin);
  }

  /** As the account that the portal works under. */
  get portalAccount(): Kubectl {
    return this.kubectlWith(this.cluster.kubeconfigs.portal);
  }

  /** Ends the portal's process by SIGKILL, as a crash would. */
  async killPortal(): Promise<void> {
    await this.currentPortal.kill();
  }

  async restartPortal(): Promise<void> {
    this.currentPortal = await startPortal({
      instance: this.instance,
      configFiles: this.configFiles,
    });
  }

  async stop(): Promise<void> {
    let isClean = false;
    try {
      await removePortal(stateDirectory(this.instance));
      if (shared !== undefined) {
        await this.removeStores();
        isClean = true;
      }
    } finally {
      if (!isClean) {
        await this.cluster.delete();
      }
    }
  }

  private async removeStores(): Promise<void> {
    const namespaces = await this.admin.run([
      'get',
      'namespaces',
      '-o',
      'name',
    ]);
    const ofStores = namespaces
      .split('\n')
      .filter(name => name.startsWith('namespace/store-'));
    if (ofStores.length > 0) {
      // What comes next need not wait for them.
      await this.admin.run(['delete', ...ofStores, '--wait=false']);
    }
  }

  private kubectlWith(kubeconfig: string): Kubectl {
    const { kubectl, helm } = programs();
    return Kubectl.create({ kubectl, helm, kubeconfig });
  }
}
