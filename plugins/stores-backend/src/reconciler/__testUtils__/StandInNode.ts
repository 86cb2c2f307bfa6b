import { type ClusterClient, Informer, type PodObject } from '../../cluster';

/** What the stand-in does to a pod: its status, or undefined to leave it alone. */
export type PodBehaviour = (pod: PodObject) => object | undefined;

/** A node's part in a control plane without nodes: it says that pods run and are ready, or what else a test wants. */
export class StandInNode {
  static start(admin: ClusterClient): StandInNode {
    const node = new StandInNode(admin);
    node.pods.start();
    return node;
  }

  private readonly pods: Informer;
  private readonly behaviours = new Map<string, PodBehaviour>();
  /** What each pod was told last, by its uid. */
  private readonly told = new Map<string | undefined, string>();
  private telling: Promise<void> = Promise.resolve();

  private constructor(private readonly admin: ClusterClient) {
    this.pods = Informer.create({
      client: admin,
      apiVersion: 'v1',
      kind: 'Pod',
      trim: pod => pod,
      onChange: pod => this.treat(pod),
      onSynced: () => {},
    });
  }

  /** What becomes of the pods of a namespace from now on; they run and are ready unless told. */
  behave(namespace: string, behaviour: PodBehaviour): void {
    this.behaviours.set(namespace, behaviour);
    this.pods.list(namespace).forEach(pod => this.treat(pod));
  }

  async stop(): Promise<void> {
    await this.pods.stop();
    await this.telling;
  }

  private treat(pod: PodObject): void {
    const { namespace = '', uid } = pod.metadata;
    const behaviour = this.behaviours.get(namespace) ?? readyStatus;
    const status = behaviour(pod);
    const wanted = JSON.stringify(status);
    if (!status || this.told.get(uid) === wanted) return;
    this.told.set(uid, wanted);
    this.telling = this.telling.then(() => this.tell(pod, status));
  }

  /** A pod that is gone by now needs to be told nothing. */
  private async tell(
    { metadata: { name, namespace } }: PodObject,
    status: object,
  ): Promise<void> {
    await this.admin.connection.send({
      method: 'PATCH',
      path: `/api/v1/namespaces/${namespace}/pods/${name}/status`,
      headers: { 'content-type': 'application/merge-patch+json' },
      body: JSON.stringify({ status }),
      timeoutMs: 10_000,
    });
  }
}

export function readyStatus(pod: PodObject): object {
  const containers = (pod.spec as { containers: { name: string }[] })
    .containers;
  return {
    phase: 'Running',
    conditions: [
      { type: 'PodScheduled', status: 'True' },
      { type: 'Ready', status: 'True' },
    ],
    containerStatuses: containers.map(({ name }) => ({
      name,
      ready: true,
      restartCount: 0,
      image: 'stand-in',
      imageID: 'stand-in',
      state: { running: {} },
    })),
  };
}

/** The shop's image is not to be had; everything else runs. */
export function imageMissingStatus(pod: PodObject): object {
  if (pod.metadata.labels?.['app.kubernetes.io/component'] !== 'shop') {
    return readyStatus(pod);
  }
  return {
    phase: 'Pending',
    conditions: [
      { type: 'PodScheduled', status: 'True' },
      { type: 'Ready', status: 'False' },
    ],
    containerStatuses: [
      {
        name: 'medusa',
        ready: false,
        restartCount: 0,
        image: 'stand-in',
        imageID: '',
        state: {
          waiting: {
            reason: 'ErrImageNeverPull',
            message: 'Container image is not present with pull policy of Never',
          },
        },
      },
    ],
  };
}
