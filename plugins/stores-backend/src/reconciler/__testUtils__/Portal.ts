import { mockServices } from '@backstage/backend-test-utils';
import type { StoreEvent } from '@storeyard/backstage-plugin-stores-common';
import {
  createTestDatabase,
  newStore,
  type TestDatabase,
} from '../../__testUtils__/testDatabase';
import { DatabaseInstallationRepository } from '../../database';
import type { NewStore } from '../../database/NewStore';
import type { StoreRecord } from '../../database/StoreRecord';
import type { StoreRepository } from '../../database/StoreRepository';
import { DerivedSecrets, EngineRegistry, MedusaEngine } from '../../engines';
import { StoreLeases } from '../leases';
import { Orchestrator, type OrchestratorOptions } from '../Orchestrator';
import type { OrchestratorConfig } from '../OrchestratorConfig';
import type { TestCluster } from './TestCluster';
import { waitFor } from './waitFor';

const secretKey = 'a key that only the tests of the loop know of';

/** A database and the orchestrators that work on it, one after another, as a restarted portal does. */
export class Portal {
  static async create(cluster: TestCluster): Promise<Portal> {
    return new Portal(cluster, await createTestDatabase('SQLITE_3'));
  }

  private readonly running = new Set<Orchestrator>();

  private constructor(
    private readonly cluster: TestCluster,
    readonly database: TestDatabase,
  ) {}

  /** Whose requests they are. */
  readonly actor = 'user:default/ada';

  get stores(): StoreRepository {
    return this.database.stores;
  }

  async orchestrate(
    config: Partial<OrchestratorConfig> = {},
    options: Partial<OrchestratorOptions> = {},
  ): Promise<Orchestrator> {
    const orchestrator = Orchestrator.create({
      repository: this.stores,
      events: this.database.events,
      installation: DatabaseInstallationRepository.create({
        knex: this.database.knex,
        secretKeyFingerprint: DerivedSecrets.create({
          secretKey,
        }).fingerprint(),
      }),
      engines: EngineRegistry.create([MedusaEngine.create()]),
      leases: StoreLeases.create({
        knex: this.database.knex,
        logger: mockServices.logger.mock(),
      }),
      logger: mockServices.logger.mock({
        child: () => mockServices.logger.mock(),
      }),
      config: {
        kubeconfig: this.cluster.portalKubeconfig,
        secretKey,
        chart: { path: this.cluster.chart, valuesFiles: [], values: {} },
        helmCommand: this.cluster.programs.helm,
        probeAddress: this.cluster.ingress.address,
        plans: new Map([['small', {}]]),
        deadlineSeconds: 60,
        resyncSeconds: 3600,
        leaseSeconds: 8,
        platform: { namespace: 'platform', serviceAccount: 'platform-api' },
        ...config,
      },
      ...options,
    });
    this.running.add(orchestrator);
    await orchestrator.start();
    return orchestrator;
  }

  async request(store: Partial<NewStore> = {}): Promise<StoreRecord> {
    return (await this.stores.create(newStore(store))).store;
  }

  /** A store that serves, and the orchestrator that made it. */
  async ready(
    name: string,
    config: Partial<OrchestratorConfig> = {},
    options: Partial<OrchestratorOptions> = {},
  ): Promise<{ id: string; namespace: string; orchestrator: Orchestrator }> {
    const orchestrator = await this.orchestrate(config, options);
    const { id, namespace } = await this.request({ name });
    orchestrator.enqueue(id);
    await this.until(id, ({ state }) => state === 'READY');
    return { id, namespace, orchestrator };
  }

  async delete(id: string): Promise<StoreRecord> {
    return await this.stores.requestDeletion({ id, actor: this.actor });
  }

  async get(id: string): Promise<StoreRecord> {
    const record = await this.stores.get(id);
    if (!record) throw new Error(`No store '${id}'`);
    return record;
  }

  /** All that was told of a store, or what of one type. */
  async events(id: string, type?: string): Promise<StoreEvent[]> {
    const { items } = await this.database.events.read({
      storeId: id,
      after: 0,
      limit: 1000,
    });
    return items.filter(event => !type || event.type === type);
  }

  async eventTypes(id: string): Promise<string[]> {
    return (await this.events(id)).map(({ type }) => type);
  }

  /** Waits for the store to be as wanted. */
  async until(
    id: string,
    wanted: (record: StoreRecord) => boolean,
    timeoutMs?: number,
  ): Promise<StoreRecord> {
    return await this.eventually(
      id,
      async () => {
        const record = await this.get(id);
        return wanted(record) && record;
      },
      timeoutMs,
    );
  }

  /** Waits for what depends on a store, and says how the store is when it does not come. */
  async eventually<T>(
    id: string,
    look: () => Promise<T | undefined | false>,
    timeoutMs?: number,
  ): Promise<T> {
    return await waitFor(
      look,
      async () => ({ ...(await this.get(id)), events: await this.events(id) }),
      timeoutMs,
    );
  }

  async untilEvent(id: string, type: string): Promise<void> {
    await this.eventually(id, async () =>
      (await this.eventTypes(id)).includes(type),
    );
  }

  async stop(orchestrator: Orchestrator): Promise<void> {
    this.running.delete(orchestrator);
    await orchestrator.stop();
  }

  async stopAll(): Promise<void> {
    await Promise.all([...this.running].map(running => this.stop(running)));
  }
}
