import type { ClusterConnection, PodObject } from '../../cluster';

const LOOK_EVERY_MS = 50;

/** What the stand-in does to a pod: its status, or undefined to leave it alone. */
export type PodBehaviour = (pod: PodObject) => object | undefined;

/** A node's part in a control plane without nodes: it says that pods run and are ready, or what else a test wants. */
export class StandInNode {
  static start(admin: ClusterConnection): StandInNode {
    return new StandInNode(admin);
  }

  behaviour: PodBehaviour = readyStatus;
  private readonly loop: Promise<void>;
  private readonly stopping = new AbortController();

  private constructor(private readonly admin: ClusterConnection) {
    this.loop = this.run();
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.loop;
  }

  private async run(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      const { body } = await this.admin.send({
        method: 'GET',
        path: '/api/v1/pods',
        timeoutMs: 10_000,
      });
      const { items }: { items: PodObject[] } = JSON.parse(body);
      await Promise.all(items.map(pod => this.treat(pod)));
      await new Promise(resolve => setTimeout(resolve, LOOK_EVERY_MS));
    }
  }

  private async treat(pod: PodObject): Promise<void> {
    const status = this.behaviour(pod);
    const { name, namespace, annotations = {} } = pod.metadata;
    const wanted = JSON.stringify(status);
    if (!status || annotations['test/status'] === wanted) return;
    const path = `/api/v1/namespaces/${namespace}/pods/${name}`;
    for (const [suffix, patch] of [
      ['/status', { status }],
      ['', { metadata: { annotations: { 'test/status': wanted } } }],
    ] as const) {
      await this.admin.send({
        method: 'PATCH',
        path: `${path}${suffix}`,
        headers: { 'content-type': 'application/merge-patch+json' },
        body: JSON.stringify(patch),
        timeoutMs: 10_000,
      });
    }
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
