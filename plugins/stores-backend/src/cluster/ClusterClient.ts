import type { ClusterConnection } from './ClusterConnection';
import { isNotFound } from './ClusterError';
import type {
  Applied,
  DeleteOptions,
  ListOptions,
  ListPage,
  ListPageOptions,
  RequestOptions,
  WatchEvent,
  WatchOptions,
} from './ClusterRequests';
import { refusal } from './refusal';
import { collectionPath, objectPath } from './resources';
import type { KubernetesObject, ObjectReference } from './types';

/** Helm writes under the same name, so that its record of what we applied changes nothing. */
export const FIELD_MANAGER = 'helm';

const REQUEST_TIMEOUT_MS = 15_000;

export interface ClusterClientOptions {
  connection: ClusterConnection;
  /** How long a request may take, in milliseconds; 15 seconds by default. */
  requestTimeoutMs?: number;
  /** Told of the API server's answer to each write, but not of a dry run's. */
  onWritten?(answer: KubernetesObject): void;
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
      options.onWritten,
    );
  }

  private constructor(
    readonly connection: ClusterConnection,
    private readonly timeoutMs: number,
    private readonly onWritten: ClusterClientOptions['onWritten'],
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

  /** Some of a kind's objects; their namespaces and labels may narrow it down. */
  async listPage<T extends KubernetesObject>(
    options: ListPageOptions,
  ): Promise<ListPage<T>> {
    const { apiVersion, continueAt, kind, labelSelector, limit } = options;
    const query = new URLSearchParams({
      limit: String(limit),
      ...(labelSelector && { labelSelector }),
      ...(continueAt && { continue: continueAt }),
    });
    const { items, metadata } = await this.json<{
      items: T[];
      metadata: { resourceVersion: string; continue?: string };
    }>('GET', `${collectionPath(options)}?${query}`, options);
    return {
      items: items.map(item => ({ ...item, apiVersion, kind })),
      resourceVersion: metadata.resourceVersion,
      continueAt: metadata.continue || undefined,
    };
  }

  /**
   * Follows a kind's changes until the API server ends it.
   *
   * @throws ClusterApiError when it is refused, with status 410 when the version is too old
   * @throws ClusterUnreachableError when the connection fails or falls silent
   */
  async *watch(options: WatchOptions): AsyncGenerator<WatchEvent> {
    const { epoch, labelSelector, resourceVersion, silenceMs } = options;
    const query = new URLSearchParams({
      watch: 'true',
      allowWatchBookmarks: 'true',
      resourceVersion,
      timeoutSeconds: String(options.timeoutSeconds),
      ...(labelSelector && { labelSelector }),
    });
    const path = `${collectionPath(options)}?${query}`;
    const { status, lines } = await this.connection.stream({
      path,
      epoch,
      silenceMs,
      signal: options.signal,
    });
    for await (const line of lines) {
      if (status >= 300) throw refusal('GET', path, status, line);
      yield JSON.parse(line);
    }
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
    const answer = await this.json<T>('POST', `${path}?${query}`, options, {
      body: object,
      type: 'application/json',
    });
    if (!options.dryRun) this.onWritten?.(answer);
    return answer;
  }

  /**
   * Server-side apply, taking over fields that others hold. Writes nothing when nothing changes.
   *
   * @param uid - of the object that is to be there: when it is gone, or another one, the answer is a 409 and nothing is made
   */
  async apply(
    object: KubernetesObject,
    options: RequestOptions & { uid?: string } = {},
  ): Promise<Applied> {
    const query = new URLSearchParams({
      fieldManager: FIELD_MANAGER,
      force: 'true',
    });
    const { uid } = options;
    const { status, body } = await this.request(
      'PATCH',
      `${objectPath(object)}?${query}`,
      options,
      {
        body: uid
          ? { ...object, metadata: { ...object.metadata, uid } }
          : object,
        type: 'application/apply-patch+yaml',
      },
    );
    const answer: KubernetesObject = JSON.parse(body);
    this.onWritten?.(answer);
    return { created: status === 201, answer };
  }

  /** Changes parts of an object that is there. */
  async patch(
    reference: ObjectReference,
    change:
      | { merge: object }
      | { operations: { op: string; path: string; value?: unknown }[] },
    options: RequestOptions = {},
  ): Promise<KubernetesObject> {
    const query = new URLSearchParams({ fieldManager: FIELD_MANAGER });
    const answer = await this.json<KubernetesObject>(
      'PATCH',
      `${objectPath(reference)}?${query}`,
      options,
      'merge' in change
        ? { body: change.merge, type: 'application/merge-patch+json' }
        : { body: change.operations, type: 'application/json-patch+json' },
    );
    this.onWritten?.(answer);
    return answer;
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
      const answer = await this.json<KubernetesObject>(
        'DELETE',
        objectPath(reference),
        options,
        { body, type: 'application/json' },
      );
      this.onWritten?.(answer);
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
    throw refusal(method, path, status, body);
  }
}
