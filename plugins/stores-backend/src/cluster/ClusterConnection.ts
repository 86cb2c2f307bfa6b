import { stat } from 'node:fs/promises';
import {
  HttpMethod,
  IsomorphicFetchHttpLibrary,
  KubeConfig,
  RequestContext,
} from '@kubernetes/client-node';
import { ClusterUnreachableError } from './ClusterError';

const AUTHENTICATION_LIFETIME_MS = 30_000;

export interface ClusterConnectionOptions {
  /** Path of a kubeconfig, which may appear or change later; absent means the service account of the pod we run in. */
  kubeconfig?: string;
}

export interface ClusterRequest {
  method: keyof typeof HttpMethod;
  /** Path below the server's address, with its query. */
  path: string;
  headers?: Record<string, string>;
  body?: string;
  /** The answer has to be complete within this time. */
  timeoutMs: number;
  signal?: AbortSignal;
}

interface Authentication {
  server: string;
  headers: Record<string, string>;
  dispatcher: ReturnType<RequestContext['getDispatcher']>;
  checkedAt: number;
  stamp: string;
}

/**
 * Speaks HTTP with the API server under the credentials of a kubeconfig. The client library makes a connection pool for
 * every request; here one pool is kept, and the credentials are read again every half minute since tokens rotate.
 */
export class ClusterConnection {
  static create(options: ClusterConnectionOptions): ClusterConnection {
    return new ClusterConnection(options.kubeconfig);
  }

  private readonly http = new IsomorphicFetchHttpLibrary();
  private authentication: Promise<Authentication> | undefined;
  private currentEpoch = 0;

  private constructor(readonly kubeconfig: string | undefined) {}

  /** Changes when the kubeconfig has been replaced: behind it may be another cluster. */
  get epoch(): number {
    return this.currentEpoch;
  }

  /**
   * @throws ClusterUnreachableError if there is no kubeconfig, no connection, or no answer in time
   */
  async send(
    request: ClusterRequest,
  ): Promise<{ status: number; body: string }> {
    const { server, headers, dispatcher } = await this.authenticate();
    const context = new RequestContext(
      `${server}${request.path}`,
      HttpMethod[request.method],
    );
    const all = { accept: 'application/json', ...headers, ...request.headers };
    for (const [name, value] of Object.entries(all)) {
      context.setHeaderParam(name, value);
    }
    if (dispatcher) context.setDispatcher(dispatcher);
    if (request.body !== undefined) context.setBody(request.body);
    const deadline = AbortSignal.timeout(request.timeoutMs);
    context.setSignal(
      request.signal ? AbortSignal.any([deadline, request.signal]) : deadline,
    );
    try {
      const response = await this.http.send(context).toPromise();
      return {
        status: response.httpStatusCode,
        body: await response.body.text(),
      };
    } catch (error) {
      request.signal?.throwIfAborted();
      this.authentication = undefined;
      throw new ClusterUnreachableError(
        `The API server at '${server}' did not answer ${
          request.method
        } within ${request.timeoutMs / 1000} s: ${rootMessage(error)}`,
        error,
      );
    }
  }

  private async authenticate(): Promise<Authentication> {
    const current = this.authentication && (await this.authentication);
    if (
      current &&
      Date.now() - current.checkedAt < AUTHENTICATION_LIFETIME_MS
    ) {
      return current;
    }
    this.authentication = this.readAuthentication(current);
    try {
      return await this.authentication;
    } catch (error) {
      this.authentication = undefined;
      throw error;
    }
  }

  private async readAuthentication(
    previous: Authentication | undefined,
  ): Promise<Authentication> {
    const stamp = await this.stamp();
    const config = new KubeConfig();
    try {
      if (this.kubeconfig) config.loadFromFile(this.kubeconfig);
      else config.loadFromCluster();
    } catch (error) {
      throw new ClusterUnreachableError(
        `The kubeconfig '${this.kubeconfig}' can't be read: ${rootMessage(
          error,
        )}`,
        error,
      );
    }
    const cluster = config.getCurrentCluster();
    if (!cluster) {
      throw new ClusterUnreachableError(
        `The kubeconfig '${this.kubeconfig}' names no current cluster`,
      );
    }
    const context = new RequestContext(cluster.server, HttpMethod.GET);
    await config.applySecurityAuthentication(context);
    const same = previous?.stamp === stamp ? previous : undefined;
    if (!same) this.currentEpoch += 1;
    return {
      server: cluster.server.replace(/\/$/, ''),
      headers: { ...context.getHeaders(), 'user-agent': 'storeyard' },
      dispatcher: same ? same.dispatcher : context.getDispatcher(),
      checkedAt: Date.now(),
      stamp,
    };
  }

  private async stamp(): Promise<string> {
    if (!this.kubeconfig) return 'in-cluster';
    try {
      const { mtimeMs, ino, size } = await stat(this.kubeconfig);
      return `${ino}-${mtimeMs}-${size}`;
    } catch (error) {
      throw new ClusterUnreachableError(
        `The kubeconfig '${this.kubeconfig}' is not there (yet)`,
        error,
      );
    }
  }
}

function rootMessage(error: unknown): string {
  let current = error;
  while (current instanceof Error && current.cause) current = current.cause;
  return current instanceof Error ? current.message : String(current);
}
