import type http from 'node:http';
import type https from 'node:https';
import { ClusterUnreachableError } from './ClusterError';
import { createAgents, type ClusterAgents } from './createAgents';
import { readCredentials } from './readCredentials';
import { type HttpAnswer, sendHttp } from './sendHttp';
import { type HttpStream, streamHttp } from './streamHttp';

const AUTHENTICATION_LIFETIME_MS = 30_000;

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

interface Authentication extends ClusterAgents {
  server: string;
  headers: http.OutgoingHttpHeaders;
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
    const { cluster, options, stamp } = await readCredentials(this.kubeconfig);
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
}

function asRecord(
  headers: https.RequestOptions['headers'],
): http.OutgoingHttpHeaders {
  return { ...(headers as http.OutgoingHttpHeaders | undefined) };
}
