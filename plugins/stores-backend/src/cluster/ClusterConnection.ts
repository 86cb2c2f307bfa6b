import { stat } from 'node:fs/promises';
import http from 'node:http';
import https from 'node:https';
import { KubeConfig } from '@kubernetes/client-node';
import { ClusterUnreachableError } from './ClusterError';
import { type HttpAnswer, sendHttp } from './sendHttp';
import { type HttpStream, streamHttp } from './streamHttp';

const AUTHENTICATION_LIFETIME_MS = 30_000;
const CONNECTIONS = 16;

export interface ClusterConnectionOptions {
  /** Path of a kubeconfig, which may appear or change later; absent means the service account of the pod we run in. */
  kubeconfig?: string;
}

export interface ClusterRequest {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Path below the server's address, with its query. */
  path: string;
  headers?: Record<string, string>;
  body?: string;
  /** The answer has to be complete within this time. */
  timeoutMs: number;
  signal?: AbortSignal;
}

/** Options of {@link ClusterConnection.stream}. */
export interface ClusterStreamRequest {
  path: string;
  /** The answer is of use only behind the kubeconfig of this epoch. */
  epoch: number;
  /** The connection is given up when nothing comes over it for so long, in milliseconds. */
  silenceMs: number;
  signal?: AbortSignal;
}

interface Authentication {
  server: string;
  headers: http.OutgoingHttpHeaders;
  agent: http.Agent | undefined;
  /** Watches keep their connections for themselves, so they don't count against those of requests. */
  streams: http.Agent | undefined;
  checkedAt: number;
  stamp: string;
}

/**
 * Speaks HTTP with the API server under the credentials of a kubeconfig, over a few connections that are kept. The client
 * library reads the kubeconfig and authenticates, but opens a connection for every request; so sending is done here.
 * Credentials are read again every half minute, since tokens rotate, and at once after a request without an answer.
 */
export class ClusterConnection {
  static create(options: ClusterConnectionOptions): ClusterConnection {
    return new ClusterConnection(options.kubeconfig);
  }

  private authentication: Authentication | undefined;
  private reading: Promise<Authentication> | undefined;
  private currentEpoch = 0;

  private constructor(readonly kubeconfig: string | undefined) {}

  /** Changes when the kubeconfig has been replaced: behind it may be another cluster. */
  get epoch(): number {
    return this.currentEpoch;
  }

  /**
   * @throws ClusterUnreachableError if there is no kubeconfig, no connection, or no answer in time
   */
  async send(request: ClusterRequest): Promise<HttpAnswer> {
    const authentication = await this.authenticate();
    const { agent, headers, server } = authentication;
    const deadline = AbortSignal.timeout(request.timeoutMs);
    try {
      return await sendHttp(new URL(`${server}${request.path}`), {
        method: request.method,
        agent,
        headers: { accept: 'application/json', ...headers, ...request.headers },
        body: request.body,
        signal: request.signal
          ? AbortSignal.any([deadline, request.signal])
          : deadline,
      });
    } catch (error) {
      request.signal?.throwIfAborted();
      authentication.checkedAt = 0;
      throw new ClusterUnreachableError(
        `The API server at '${server}' did not answer ${
          request.method
        } within ${request.timeoutMs / 1000} s`,
        error,
      );
    }
  }

  /**
   * Asks for an answer that goes on for long. It is cut when another kubeconfig takes the place of ours.
   *
   * @throws ClusterUnreachableError if there is no kubeconfig or no connection; also while the answer is read
   */
  async stream(request: ClusterStreamRequest): Promise<HttpStream> {
    const authentication = await this.authenticate();
    if (request.epoch !== this.currentEpoch) {
      throw new ClusterUnreachableError(
        'The kubeconfig has been replaced: what was known is of no use',
      );
    }
    const { headers, server, streams } = authentication;
    const fail = (error: unknown) => {
      request.signal?.throwIfAborted();
      authentication.checkedAt = 0;
      return new ClusterUnreachableError(
        `The API server at '${server}' ended a watch before its time`,
        error,
      );
    };
    try {
      const stream = await streamHttp(new URL(`${server}${request.path}`), {
        agent: streams,
        headers: { accept: 'application/json', ...headers },
        silenceMs: request.silenceMs,
        signal: request.signal,
      });
      return { ...stream, lines: this.guardLines(stream, fail) };
    } catch (error) {
      throw fail(error);
    }
  }

  private async *guardLines(
    stream: HttpStream,
    fail: (error: unknown) => Error,
  ): AsyncGenerator<string> {
    try {
      yield* stream.lines;
    } catch (error) {
      throw fail(error);
    } finally {
      stream.close();
    }
  }

  private async authenticate(): Promise<Authentication> {
    const current = this.authentication;
    if (
      current &&
      Date.now() - current.checkedAt < AUTHENTICATION_LIFETIME_MS
    ) {
      return current;
    }
    this.reading ??= this.readAuthentication().finally(() => {
      this.reading = undefined;
    });
    return await this.reading;
  }

  private async readAuthentication(): Promise<Authentication> {
    const stamp = await this.stamp();
    const config = this.load();
    const cluster = config.getCurrentCluster();
    if (!cluster) {
      throw new ClusterUnreachableError(
        `The kubeconfig '${this.kubeconfig}' names no current cluster`,
      );
    }
    const options: https.RequestOptions = {};
    await config.applyToHTTPSOptions(options);
    const previous = this.authentication;
    const same = previous?.stamp === stamp;
    if (!same) {
      this.currentEpoch += 1;
      previous?.agent?.destroy();
      previous?.streams?.destroy();
    }
    this.authentication = {
      server: cluster.server.replace(/\/$/, ''),
      headers: { 'user-agent': 'storeyard', ...asRecord(options.headers) },
      ...(same
        ? { agent: previous.agent, streams: previous.streams }
        : createAgents(cluster.server, options, cluster.proxyUrl)),
      checkedAt: Date.now(),
      stamp,
    };
    return this.authentication;
  }

  private load(): KubeConfig {
    const config = new KubeConfig();
    try {
      if (this.kubeconfig) config.loadFromFile(this.kubeconfig);
      else config.loadFromCluster();
      return config;
    } catch (error) {
      throw new ClusterUnreachableError(
        `The kubeconfig '${this.kubeconfig}' can't be read`,
        error,
      );
    }
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

/** The library's own agent knows proxies, ours keep connections: some for requests, and one for each watch. */
function createAgents(
  server: string,
  options: https.RequestOptions,
  proxy: string | undefined,
): Pick<Authentication, 'agent' | 'streams'> {
  if (proxy) {
    const agent =
      options.agent instanceof http.Agent ? options.agent : undefined;
    return { agent, streams: agent };
  }
  const kept = { keepAlive: true, maxSockets: CONNECTIONS };
  const own = { keepAlive: false };
  if (server.startsWith('http:')) {
    return { agent: new http.Agent(kept), streams: new http.Agent(own) };
  }
  const { ca, cert, key, pfx, passphrase, rejectUnauthorized, servername } =
    options;
  const security = {
    ca,
    cert,
    key,
    pfx,
    passphrase,
    ...(rejectUnauthorized !== undefined && { rejectUnauthorized }),
    ...(servername && { servername }),
  };
  return {
    agent: new https.Agent({ ...kept, ...security }),
    streams: new https.Agent({ ...own, ...security }),
  };
}

function asRecord(
  headers: https.RequestOptions['headers'],
): http.OutgoingHttpHeaders {
  return { ...(headers as http.OutgoingHttpHeaders | undefined) };
}
