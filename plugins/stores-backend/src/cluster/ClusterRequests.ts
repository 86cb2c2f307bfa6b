import type { ClusterClient } from './ClusterClient';
import type { KubernetesObject } from './types';

/** Options that every request takes. */
export interface RequestOptions {
  signal?: AbortSignal;
}

export interface ListOptions extends RequestOptions {
  apiVersion: string;
  kind: string;
  namespace?: string;
  labelSelector?: string;
}

/** Options of {@link ClusterClient.listPage}. */
export interface ListPageOptions extends ListOptions {
  limit: number;
  /** From where the page before this one ended. */
  continueAt?: string;
}

/** Some objects of a kind, and where the rest of them and their changes begin. */
export interface ListPage<T> {
  items: T[];
  resourceVersion: string;
  continueAt?: string;
}

/** Options of {@link ClusterClient.watch}. */
export interface WatchOptions extends ListOptions {
  /** Of the connection by which the version was read. */
  epoch: number;
  /** Changes after this one are told. */
  resourceVersion: string;
  /** The API server ends the watch after so long. */
  timeoutSeconds: number;
  /** The connection is given up when nothing comes over it for so long, in milliseconds. */
  silenceMs: number;
}

/** One change, or a bookmark, or the error that ends the watch. */
export interface WatchEvent {
  type: string;
  object: KubernetesObject;
}

/** What the API server made of an apply. */
export interface Applied {
  /** Whether the object was not there before. */
  created: boolean;
  /** The object as it is now. */
  answer: KubernetesObject;
}

export interface DeleteOptions extends RequestOptions {
  /** The object is deleted only if it still is the one that has this uid; else a 409. */
  uid?: string;
  propagation?: 'Foreground' | 'Background';
}
