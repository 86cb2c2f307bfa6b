import { ClusterApiError, isNotFound } from './ClusterError';
import type { ClusterConnection } from './ClusterConnection';
import { collectionPath, objectPath } from './resources';
import type { KubernetesObject, ObjectReference } from './types';

/** Helm writes under the same name, so that its record of what we applied changes nothing. */
export const FIELD_MANAGER = 'helm';

const REQUEST_TIMEOUT_MS = 15_000;

export interface ClusterClientOptions {
  connection: ClusterConnection;
  /** How long a request may take, in milliseconds; 15 seconds by default. */
  requestTimeoutMs?: number;
}

export interface RequestOptions {
  signal?: AbortSignal;
}

export interface ListOptions extends RequestOptions {
  apiVersion: string;
  kind: string;
  namespace?: string;
  labelSelector?: string;
}

export interface DeleteOptions extends RequestOptions {
  /** The object is deleted only if it still is the one that has this uid; else a 409. */
  uid?: string;
  propagation?: 'Foreground' | 'Background';
}

/**
 * The API server's verbs that the orchestrator needs, with deadlines. Refusals are `ClusterApiError` with the server's own
 * words; no answer is `ClusterUnreachableError`.
 */
export class ClusterClient {
  static create(options: ClusterClientOptions): ClusterClient {
    return new ClusterClient(
      options.connection,
      options.requestTimeoutMs ?? REQUEST_TIMEOUT_MS,
    );
  }

  private constructor(
    readonly connection: ClusterConnection,
    private readonly timeoutMs: number,
  ) {}

  /** The object, or undefined when it does not exist. */
  async get<T extends KubernetesObject>(
    reference: ObjectReference,
    options: RequestOptions = {},
  ): Promise<T | undefined> {
    try {
      return await this.json<T>('GET', objectPath(reference), options);
    } catch (error) {
      if (isNotFound(error)) return undefined;
      throw error;
    }
  }

  /** All objects of a kind, read in one page: a store's namespace is small. */
  async list<T extends KubernetesObject>(options: ListOptions): Promise<T[]> {
    const query = options.labelSelector
      ? `?${new URLSearchParams({ labelSelector: options.labelSelector })}`
      : '';
    const { items } = await this.json<{ items: T[] }>(
      'GET',
      `${collectionPath(options)}${query}`,
      options,
    );
    // Items of a list carry neither.
    const { apiVersion, kind } = options;
    return items.map(item => ({ ...item, apiVersion, kind }));
  }

  /** @throws ClusterApiError with status 409 when it exists already */
  async create<T extends KubernetesObject>(
    object: T,
    options: RequestOptions & { dryRun?: boolean } = {},
  ): Promise<T> {
    const query = new URLSearchParams({ fieldManager: FIELD_MANAGER });
    if (options.dryRun) query.set('dryRun', 'All');
    const { apiVersion, kind, metadata } = object;
    const path = collectionPath({
      apiVersion,
      kind,
      namespace: metadata.namespace,
    });
    return await this.json<T>('POST', `${path}?${query}`, options, {
      body: object,
      type: 'application/json',
    });
  }

  /**
   * Server-side apply, taking over fields that others hold. Writes nothing when nothing changes.
   *
   * @returns whether the object was not there before
   */
  async apply(
    object: KubernetesObject,
    options: RequestOptions = {},
  ): Promise<{ created: boolean }> {
    const query = new URLSearchParams({
      fieldManager: FIELD_MANAGER,
      force: 'true',
    });
    const { status } = await this.request(
      'PATCH',
      `${objectPath(object)}?${query}`,
      options,
      { body: object, type: 'application/apply-patch+yaml' },
    );
    return { created: status === 201 };
  }

  /** Deletes an object; one that is gone already is no error. */
  async delete(
    reference: ObjectReference,
    options: DeleteOptions = {},
  ): Promise<void> {
    const body = {
      apiVersion: 'v1',
      kind: 'DeleteOptions',
      ...(options.uid && { preconditions: { uid: options.uid } }),
      propagationPolicy: options.propagation ?? 'Background',
    };
    try {
      await this.json('DELETE', objectPath(reference), options, {
        body,
        type: 'application/json',
      });
    } catch (error) {
      if (!isNotFound(error)) throw error;
    }
  }

  /** The last lines of a container's log. */
  async logTail(
    options: RequestOptions & {
      namespace: string;
      pod: string;
      container: string;
      lines: number;
      previous?: boolean;
    },
  ): Promise<string> {
    const query = new URLSearchParams({
      container: options.container,
      tailLines: String(options.lines),
      limitBytes: '65536',
    });
    if (options.previous) query.set('previous', 'true');
    const path = objectPath({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: options.pod, namespace: options.namespace },
    });
    const { body } = await this.request('GET', `${path}/log?${query}`, options);
    return body;
  }

  /** Reads any path, such as `/version`. */
  async read<T>(
    path: string,
    options: RequestOptions & { accept?: string } = {},
  ): Promise<T> {
    return await this.json<T>('GET', path, options);
  }

  private async json<T>(
    method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
    path: string,
    options: RequestOptions & { accept?: string },
    content?: { body: object; type: string },
  ): Promise<T> {
    const { body } = await this.request(method, path, options, content);
    return JSON.parse(body);
  }

  private async request(
    method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
    path: string,
    options: RequestOptions & { accept?: string },
    content?: { body: object; type: string },
  ): Promise<{ status: number; body: string }> {
    const { status, body } = await this.connection.send({
      method,
      path,
      headers: {
        ...(options.accept && { accept: options.accept }),
        ...(content && { 'content-type': content.type }),
      },
      body: content && JSON.stringify(content.body),
      timeoutMs: this.timeoutMs,
      signal: options.signal,
    });
    if (status < 300) return { status, body };
    const { reason, message } = parseStatus(body);
    throw new ClusterApiError(
      `${method} ${path.split('?')[0]}`,
      status,
      reason,
      message,
    );
  }
}

function parseStatus(body: string): { reason?: string; message: string } {
  try {
    const { reason, message } = JSON.parse(body);
    return { reason, message: String(message ?? body) };
  } catch {
    return { message: body.slice(0, 500) };
  }
}
