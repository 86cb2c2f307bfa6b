import type { StoreEvent } from '@storeyard/backstage-plugin-stores-common';
import type { KubernetesObject, ObjectReference } from '../../cluster';
import type { Orchestrator } from '../Orchestrator';
import type { Portal } from './Portal';
import { reference } from './reference';
import type { TestCluster } from './TestCluster';
import type { Stage } from './useTestCluster';

/** Generous; each repair takes a second or two, what is swept some ten. */
const REPAIRED_WITHIN_MS = 40_000;

interface LiveContainer {
  name: string;
  image: string;
  env: { name: string }[];
}

/** An object as the tests look at it: each has some of these fields. */
export type Live = KubernetesObject & {
  spec: {
    hard: Record<string, string>;
    paused?: boolean;
    ports: { port: number }[];
    replicas: number;
    rules: { host: string }[];
    template: {
      metadata: { annotations: Record<string, string> };
      spec: {
        containers: [LiveContainer, ...LiveContainer[]];
        terminationGracePeriodSeconds?: number;
      };
    };
  };
  data?: Record<string, string>;
};

/** A READY and recorded store to which a test does something that is to be undone. */
export class DriftingStore {
  static async create({ cluster, portal }: Stage): Promise<DriftingStore> {
    const { id, namespace, orchestrator } = await portal.ready('Drifting', {
      resyncSeconds: 20,
    });
    await portal.untilEvent(id, 'release-recorded');
    return new DriftingStore(cluster, portal, orchestrator, id, namespace);
  }

  readonly deployment: ObjectReference;
  readonly service: ObjectReference;

  private constructor(
    readonly cluster: TestCluster,
    readonly portal: Portal,
    readonly orchestrator: Orchestrator,
    readonly id: string,
    readonly namespace: string,
  ) {
    this.deployment = this.object('Deployment', 'medusa-api');
    this.service = this.object('Service', 'medusa-api');
  }

  object(kind: string, name: string): ObjectReference {
    return reference(kind, name, this.namespace);
  }

  async get(object: ObjectReference): Promise<Live | undefined> {
    return await this.cluster.admin.get<Live>(object);
  }

  async events(type: string): Promise<StoreEvent[]> {
    return await this.portal.events(this.id, type);
  }

  /** Waits until something is as a repair would have it; the events are in the error when it does not get there. */
  async until<T>(look: () => Promise<T | undefined | false>): Promise<T> {
    return await this.portal.eventually(this.id, look, REPAIRED_WITHIN_MS);
  }

  /** Waits until a repair was told of, not counting the first ones. */
  async untilToldOf(said: RegExp, before = 0): Promise<void> {
    await this.until(async () =>
      (await this.events('repaired'))
        .slice(before)
        .some(({ message }) => said.test(message)),
    );
  }

  /** Does something to the store, and waits until it is undone and told. */
  async expectRepair(options: {
    object: ObjectReference;
    act(): Promise<unknown>;
    isRight(live: Live): boolean;
    said: RegExp;
  }): Promise<void> {
    const { act, isRight, object, said } = options;
    const before = (await this.events('repaired')).length;
    await act();
    await this.until(async () => {
      const live = await this.get(object);
      return live && !live.metadata.deletionTimestamp && isRight(live);
    });
    await this.untilToldOf(said, before);
  }
}
