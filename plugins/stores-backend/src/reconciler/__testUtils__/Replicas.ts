import {
  createTestDatabase,
  newStore,
  type TestDatabase,
} from '../../__testUtils__/testDatabase';
import type { NewStore, StoreRecord, StoreRepository } from '../../database';
import { ApiProxy } from './ApiProxy';
import { PostgresProxy } from './PostgresProxy';
import { ReplicaProcess } from './ReplicaProcess';
import type { TestCluster } from './TestCluster';
import { waitFor } from './waitFor';

/** One replica with what stands between it and the rest of the world. */
export interface Replica {
  process: ReplicaProcess;
  api: ApiProxy;
  sql: PostgresProxy;
}

/** Several loops, each a process, on one PostgreSQL database and one cluster. */
export class Replicas {
  static async start(
    cluster: TestCluster,
    options: { count: number; leaseSeconds: number; concurrentBoots: number },
  ): Promise<Replicas> {
    const replicas = new Replicas(
      cluster,
      await createTestDatabase('POSTGRES_15', { pollMilliseconds: 200 }),
    );
    try {
      for (let index = 0; index < options.count; index++) {
        replicas.all.push(await replicas.startOne(options));
      }
      return replicas;
    } catch (error) {
      await replicas.stop();
      throw error;
    }
  }

  readonly all: Replica[] = [];

  private constructor(
    private readonly cluster: TestCluster,
    readonly database: TestDatabase,
  ) {}

  get stores(): StoreRepository {
    return this.database.stores;
  }

  async request(store: Partial<NewStore> = {}): Promise<StoreRecord> {
    return (await this.stores.create(newStore(store))).store;
  }

  async get(id: string): Promise<StoreRecord> {
    const record = await this.stores.get(id);
    if (!record) throw new Error(`No store '${id}'`);
    return record;
  }

  async events(storeId?: string) {
    const { items } = await this.database.events.read({
      storeId,
      after: 0,
      limit: 100_000,
    });
    return items;
  }

  async until(
    id: string,
    wanted: (record: StoreRecord) => boolean,
    timeoutMs?: number,
  ): Promise<StoreRecord> {
    return await waitFor(
      async () => {
        const record = await this.get(id);
        return wanted(record) && record;
      },
      async () => ({
        ...(await this.get(id)),
        events: (await this.events(id)).map(({ type }) => type),
        logs: this.logs(),
      }),
      timeoutMs,
    );
  }

  /** The replica that holds a store, and the others. */
  async split(id: string): Promise<{ holder: Replica; others: Replica[] }> {
    const { leaseOwner } = await this.get(id);
    const holder = this.all.find(each => each.process.isHolder(leaseOwner));
    if (!holder) throw new Error(`Nobody of ours holds '${id}': ${leaseOwner}`);
    return { holder, others: this.all.filter(each => each !== holder) };
  }

  logs(): string[] {
    return this.all.map(each => each.process.output.slice(-3000));
  }

  async stop(): Promise<void> {
    await Promise.all(this.all.map(each => each.process.stop()));
    await Promise.all(
      this.all.flatMap(each => [each.api.stop(), each.sql.stop()]),
    );
  }

  private async startOne(options: {
    leaseSeconds: number;
    concurrentBoots: number;
  }): Promise<Replica> {
    const { connection } = this.database.knex.client.config;
    const api = await ApiProxy.start(this.cluster.portalKubeconfig);
    const sql = await PostgresProxy.start({
      host: connection.host,
      port: Number(connection.port),
    });
    const process = await ReplicaProcess.start({
      connection: { ...connection, ...sql.address },
      config: {
        kubeconfig: api.kubeconfig,
        secretKey: 'a key that only the tests of the replicas know of',
        chart: { path: this.cluster.chart, valuesFiles: [], values: {} },
        helmCommand: this.cluster.programs.helm,
        probeAddress: this.cluster.ingress.address,
        deadlineSeconds: 300,
        resyncSeconds: 3600,
        leaseSeconds: options.leaseSeconds,
        concurrentBoots: options.concurrentBoots,
        platform: { namespace: 'platform', serviceAccount: 'platform-api' },
      },
    });
    return { process, api, sql };
  }
}
