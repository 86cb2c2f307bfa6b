import { NotFoundError, ServiceUnavailableError } from '@backstage/errors';
import type {
  StoreCredentials,
  StoreLogs,
  StoreResources,
} from '@storeyard/backstage-plugin-stores-common';
import {
  ClusterUnreachableError,
  isNotFound,
  isRoleDenial,
  type StoreLogsReader,
  type StoreResourcesReader,
} from '../../cluster';
import type { StoreRecord } from '../../database/StoreRecord';
import type { StoreRepository } from '../../database/StoreRepository';
import type { DerivedSecrets, EngineRegistry } from '../../engines';
import type { StoreDesign } from '../StoreDesign';
import { maskSecrets } from './maskSecrets';

/** Options of {@link StoreInsight.create}. */
export interface StoreInsightOptions {
  derived: DerivedSecrets;
  design: StoreDesign;
  engines: EngineRegistry;
  logs: StoreLogsReader;
  repository: Pick<StoreRepository, 'getGeneration'>;
  resources: StoreResourcesReader;
}

/** Which lines of a store's log are wanted. */
export interface StoreLogsQuery {
  workload?: string;
  container?: string;
  previous: boolean;
  tail: number;
}

const nothing: StoreResources = { workloads: [], volumes: [], quota: [] };

/** Looks into a store for people: what it is made of, what it says, how one gets into it. */
export class StoreInsight {
  static create(options: StoreInsightOptions): StoreInsight {
    return new StoreInsight(options);
  }

  private constructor(private readonly options: StoreInsightOptions) {}

  /** @throws ServiceUnavailableError when the cluster does not answer */
  async resources(record: StoreRecord): Promise<StoreResources> {
    if (!hasNamespace(record)) {
      return nothing;
    }
    return asking(async () => {
      try {
        return await this.options.resources.read(record.namespace);
      } catch (error) {
        // Our right to look comes with the namespace's first objects, and goes with it.
        if (isNotFound(error) || isRoleDenial(error)) {
          return nothing;
        }
        throw error;
      }
    });
  }

  /**
   * @throws NotFoundError when there is no such workload, pod or log
   * @throws ServiceUnavailableError when the cluster does not answer
   */
  async logs(record: StoreRecord, query: StoreLogsQuery): Promise<StoreLogs> {
    const { derived, engines, logs } = this.options;
    const { engine, id, namespace } = record;
    if (!hasNamespace(record)) {
      throw new NotFoundError(
        `store '${id}' is ${record.state} and has no logs`,
      );
    }
    const { container, previous, tail } = query;
    const workload = query.workload ?? engines.get(engine).mainWorkload;
    const found = await asking(async () => {
      try {
        return await logs.read(namespace, {
          workload,
          container,
          previous,
          tail,
        });
      } catch (error) {
        if (isNotFound(error) || isRoleDenial(error)) {
          throw new NotFoundError(
            `'${workload}' of store '${id}' has no log`,
            error,
          );
        }
        throw error;
      }
    });
    const secrets = engines.get(engine).secrets({ storeId: id, derived });
    return { ...found, lines: maskSecrets(found.lines, secrets) };
  }

  /** @throws NotFoundError when the store has no login, or none yet */
  async credentials(record: StoreRecord): Promise<StoreCredentials> {
    const { derived, design, engines, repository } = this.options;
    // The login is made when the database is, so the first generation says whose it is.
    const first = await repository.getGeneration(record.id, 1);
    const engine = engines.get(record.engine);
    if (first === undefined || record.state === 'DELETED') {
      throw new NotFoundError(
        `store '${record.id}' is ${record.state} and has no login`,
      );
    }
    const urls = await design.urls({ record, values: first.values });
    const login = engine.firstLogin?.({
      store: { id: record.id, name: record.name, parameters: first.parameters },
      storefront: urls.storefront,
      derived,
    });
    if (login === undefined) {
      throw new NotFoundError(
        `stores of the engine '${record.engine}' have no login`,
      );
    }
    return { ...login, url: urls.admin };
  }
}

function hasNamespace({ state }: StoreRecord): boolean {
  return state !== 'REQUESTED' && state !== 'DELETED';
}

async function asking<Result>(ask: () => Promise<Result>): Promise<Result> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof ClusterUnreachableError) {
      throw new ServiceUnavailableError('The cluster does not answer', error);
    }
    throw error;
  }
}
