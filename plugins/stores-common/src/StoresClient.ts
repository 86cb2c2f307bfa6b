import type { Capacity } from './Capacity';
import type { ClusterStatus } from './ClusterStatus';
import type { Answer, CallOptions, OperationId } from './operationTypes';
import type {
  ChangeStoreRequest,
  CreateStoreRequest,
  MetricsSummary,
  NameCheck,
  Overview,
  PauseStoreRequest,
  RetryStoreRequest,
  StorePlanList,
  UpgradeStoreRequest,
} from './requests';
import { sendOperation, type Transport } from './sendOperation';
import type { Store, StorePage, StorePlan } from './Store';
import type { StoreEventPage } from './StoreEvent';
import type {
  StoreCredentials,
  StoreLogs,
  StoreResources,
} from './StoreResources';
import type {
  CreateStoreOptions,
  CreateStoresClientOptions,
  GetLogsOptions,
  GetOverviewOptions,
  GetPlansOptions,
  ListEventsRequestOptions,
  ListStoresRequestOptions,
  StoresRequestOptions,
} from './StoresClientOptions';

/**
 * Calls the REST API of the stores plugin; typed from its OpenAPI document.
 *
 * Every method throws a `ResponseError`, which carries the error that the
 * backend answered with, when the answer is not a success.
 *
 * @public
 */
export class StoresClient {
  static create(options: CreateStoresClientOptions): StoresClient {
    const { baseUrl } = options;
    return new StoresClient({
      getBaseUrl: typeof baseUrl === 'string' ? async () => baseUrl : baseUrl,
      fetch: options.fetch ?? ((url, init) => fetch(url, init)),
    });
  }

  private constructor(private readonly transport: Transport) {}

  /** Asks for a store, which is answered at once in REQUESTED. */
  async createStore(
    body: CreateStoreRequest,
    options: CreateStoreOptions = {},
  ): Promise<Store> {
    const { idempotencyKey, signal } = options;
    return this.call('createStore', {
      headers:
        idempotencyKey === undefined
          ? {}
          : { 'Idempotency-Key': idempotencyKey },
      body,
      signal,
    });
  }

  /** A page of stores; without `states` all but the DELETED ones. */
  async listStores(options: ListStoresRequestOptions = {}): Promise<StorePage> {
    const { states, query, signal, ...rest } = options;
    return this.call('listStores', {
      query: { ...rest, state: states && [...states], q: query },
      signal,
    });
  }

  async getStore(
    id: string,
    options: StoresRequestOptions = {},
  ): Promise<Store> {
    return this.call('getStore', { path: { id }, ...options });
  }

  /** Changes the owner or the protection; the shop itself stays as it is. */
  async changeStore(
    id: string,
    body: ChangeStoreRequest,
    options: StoresRequestOptions = {},
  ): Promise<Store> {
    return this.call('changeStore', { path: { id }, body, ...options });
  }

  /** Asks for a store's end; again is the same, and one that is gone comes back DELETED. */
  async deleteStore(
    id: string,
    options: StoresRequestOptions = {},
  ): Promise<Store> {
    return this.call('deleteStore', { path: { id }, ...options });
  }

  /** Has a store tried again at once, with stuck pods replaced. */
  async retryStore(
    id: string,
    body: RetryStoreRequest = {},
    options: StoresRequestOptions = {},
  ): Promise<Store> {
    return this.call('retryStore', { path: { id }, body, ...options });
  }

  /** Brings a store to another plan, other parameters, and today's chart. */
  async upgradeStore(
    id: string,
    body: UpgradeStoreRequest = {},
    options: StoresRequestOptions = {},
  ): Promise<Store> {
    return this.call('upgradeStore', { path: { id }, body, ...options });
  }

  /** Has a store only watched for a while, so that a person can work on it by hand. */
  async pauseStore(
    id: string,
    body: PauseStoreRequest,
    options: StoresRequestOptions = {},
  ): Promise<Store> {
    return this.call('pauseStore', { path: { id }, body, ...options });
  }

  /** Ends a pause. */
  async resumeStore(
    id: string,
    options: StoresRequestOptions = {},
  ): Promise<Store> {
    return this.call('resumeStore', { path: { id }, ...options });
  }

  /** A page of a store's activity log, oldest first unless asked for otherwise. */
  async listEvents(
    id: string,
    options: ListEventsRequestOptions = {},
  ): Promise<StoreEventPage> {
    const { signal, ...query } = options;
    return this.call('listStoreEvents', { path: { id }, query, signal });
  }

  /** A page of the activity log of all stores that the caller may see, oldest first unless asked for otherwise. */
  async listAllEvents(
    options: ListEventsRequestOptions = {},
  ): Promise<StoreEventPage> {
    const { signal, ...query } = options;
    return this.call('listEvents', { query, signal });
  }

  /** What a store consists of in the cluster. */
  async getResources(
    id: string,
    options: StoresRequestOptions = {},
  ): Promise<StoreResources> {
    return this.call('getResources', { path: { id }, ...options });
  }

  /** The end of a workload's log, with secrets masked. */
  async getLogs(id: string, options: GetLogsOptions = {}): Promise<StoreLogs> {
    const { signal, ...query } = options;
    return this.call('getLogs', { path: { id }, query, signal });
  }

  /** The first login of a store's administrator. */
  async getCredentials(
    id: string,
    options: StoresRequestOptions = {},
  ): Promise<StoreCredentials> {
    return this.call('getCredentials', { path: { id }, ...options });
  }

  /** Whether a name is free, or which rule it breaks. */
  async checkName(
    name: string,
    options: StoresRequestOptions = {},
  ): Promise<NameCheck> {
    return this.call('checkName', { path: { name }, ...options });
  }

  async listPlans(options: StoresRequestOptions = {}): Promise<StorePlan[]> {
    return (await this.getPlans(options)).items;
  }

  /** The plans, and how many stores an owner may still have. */
  async getPlans(options: GetPlansOptions = {}): Promise<StorePlanList> {
    const { signal, ...query } = options;
    return this.call('listPlans', { query, signal });
  }

  /** What the cluster has room for at this moment. */
  async getCapacity(options: StoresRequestOptions = {}): Promise<Capacity> {
    return this.call('getCapacity', options);
  }

  /** Counts and times over the stores that the caller may see. */
  async getOverview(options: GetOverviewOptions = {}): Promise<Overview> {
    const { signal, ...query } = options;
    return this.call('getOverview', { query, signal });
  }

  /** Whether the cluster can be worked with, and how far a local one's making is. */
  async getCluster(options: StoresRequestOptions = {}): Promise<ClusterStatus> {
    return this.call('getCluster', options);
  }

  /** Metrics of the process that answers, in Prometheus' text format. */
  async getMetrics(options: StoresRequestOptions = {}): Promise<string> {
    const response = await sendOperation(this.transport, 'getMetrics', options);
    return response.text();
  }

  /** The main metrics as JSON; the same whichever replica answers. */
  async getMetricsSummary(
    options: StoresRequestOptions = {},
  ): Promise<MetricsSummary> {
    return this.call('getMetricsSummary', options);
  }

  /** The type that a method returns has to be one that the document allows. */
  private async call<Id extends OperationId, Result extends Answer<Id>>(
    id: Id,
    options: CallOptions<Id>,
  ): Promise<Result> {
    const response = await sendOperation(this.transport, id, options);
    return (await response.json()) as Result;
  }
}
