import type { StoreEventOrder, StoreListOrder } from './requests';
import type { StoreState } from './StoreState';
import type { StoresClient } from './StoresClient';

/**
 * The part of `fetch` that the client needs.
 *
 * @public
 */
export type StoresFetch = (
  url: string,
  init?: RequestInit,
) => Promise<Response>;

/**
 * Options of {@link StoresClient.create}.
 *
 * @public
 */
export interface CreateStoresClientOptions {
  /** Where the plugin is, such as `plugin://stores` in a page or `https://…/api/stores`. */
  baseUrl: string | (() => Promise<string>);
  /** Sends the caller's credentials along; the global `fetch` unless given. */
  fetch?: StoresFetch;
}

/**
 * Options that every call takes.
 *
 * @public
 */
export interface StoresRequestOptions {
  signal?: AbortSignal;
}

/**
 * Options of {@link StoresClient.createStore}.
 *
 * @public
 */
export interface CreateStoreOptions extends StoresRequestOptions {
  /** The same key and request again answer with the same store. */
  idempotencyKey?: string;
}

/**
 * Options of {@link StoresClient.listStores}.
 *
 * @public
 */
export interface ListStoresRequestOptions extends StoresRequestOptions {
  states?: readonly StoreState[];
  owner?: string;
  engine?: string;
  /** A part of the name or id. */
  query?: string;
  order?: StoreListOrder;
  cursor?: string;
  limit?: number;
}

/**
 * Options of {@link StoresClient.listEvents}.
 *
 * @public
 */
export interface ListEventsRequestOptions extends StoresRequestOptions {
  /** Only events behind this cursor. */
  after?: number;
  /** Only events before this sequence, with newest first only: the `older` of the page before. */
  before?: number;
  /** `desc` begins at the newest; `asc` unless given. */
  order?: StoreEventOrder;
  limit?: number;
  /** How long to wait for the first event, in seconds, at most 30; not with newest first. */
  wait?: number;
}

/**
 * Options of {@link StoresClient.getPlans}.
 *
 * @public
 */
export interface GetPlansOptions extends StoresRequestOptions {
  /** Whose quota to tell of; the caller's own unless given. */
  owner?: string;
}

/**
 * Options of {@link StoresClient.getOverview}.
 *
 * @public
 */
export interface GetOverviewOptions extends StoresRequestOptions {
  /** How far back times and failures are counted; 7 unless given. */
  days?: number;
}

/**
 * Options of {@link StoresClient.getLogs}.
 *
 * @public
 */
export interface GetLogsOptions extends StoresRequestOptions {
  /** Name of a Deployment or StatefulSet of the store; the shop's unless given. */
  workload?: string;
  /** Name of a container of its newest pod; the workload's own unless given. */
  container?: string;
  /** The lines of the container that ran before the present one. */
  previous?: boolean;
  /** How many lines from the end, at most 2000. */
  tail?: number;
}
