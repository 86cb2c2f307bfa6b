import http from 'node:http';
import https from 'node:https';
import type { ProbeResult } from './StoreObservation';

const MAXIMUM_BODY_BYTES = 256 * 1024;

export interface ProbeRequest {
  path: string;
  headers?: Record<string, string>;
  verify?(body: string): string | undefined;
}

export interface ShopProbeOptions {
  /** `host:port` of the ingress controller as seen from here; without it the store's own address is dialled. */
  address?: string;
  /** How long one request may take, in milliseconds. */
  timeoutMs: number;
}

/**
 * Asks what a shopper asks, through the ingress: it is dialled at a fixed address with the store's Host (and SNI for
 * https), so that no DNS is needed.
 */
export class ShopProbe {
  static create(options: ShopProbeOptions): ShopProbe {
    return new ShopProbe(options);
  }

  private readonly agents = {
    http: new http.Agent({ keepAlive: true }),
    https: new https.Agent({ keepAlive: true }),
  };

  private constructor(private readonly options: ShopProbeOptions) {}

  /** Says no with the first request that does not work; never throws for what the shop or the network does. */
  async probe(options: {
    url: string;
    requests: readonly ProbeRequest[];
    signal?: AbortSignal;
  }): Promise<ProbeResult> {
    for (const request of options.requests) {
      const problem = await this.ask(new URL(options.url), request, options);
      if (problem) {
        return { ok: false, message: `GET ${request.path}: ${problem}` };
      }
    }
    return { ok: true };
  }

  close(): void {
    this.agents.http.destroy();
    this.agents.https.destroy();
  }

  private async ask(
    url: URL,
    request: ProbeRequest,
    { signal }: { signal?: AbortSignal },
  ): Promise<string | undefined> {
    try {
      const { status, body } = await this.get(url, request, signal);
      if (status < 200 || status > 299) return `answered ${status}`;
      return request.verify?.(body);
    } catch (error) {
      signal?.throwIfAborted();
      return error instanceof Error ? error.message : String(error);
    }
  }

  private get(
    url: URL,
    request: ProbeRequest,
    signal: AbortSignal | undefined,
  ): Promise<{ status: number; body: string }> {
    const secure = url.protocol === 'https:';
    const dialled = new URL(
      this.options.address ? `${url.protocol}//${this.options.address}` : url,
    );
    const deadline = AbortSignal.timeout(this.options.timeoutMs);
    const options: https.RequestOptions = {
      host: dialled.hostname.replace(/^\[|\]$/g, ''),
      port: dialled.port || (secure ? 443 : 80),
      path: request.path,
      headers: { host: url.host, ...request.headers },
      agent: secure ? this.agents.https : this.agents.http,
      signal: signal ? AbortSignal.any([signal, deadline]) : deadline,
      ...(secure && { servername: url.hostname }),
    };
    return new Promise((resolve, reject) => {
      const sent = (secure ? https : http).request(options, response => {
        let body = '';
        response.setEncoding('utf8');
        response.on('data', chunk => {
          body += chunk;
          if (body.length > MAXIMUM_BODY_BYTES) response.destroy();
        });
        response.on('error', reject);
        response.on('close', () =>
          resolve({ status: response.statusCode ?? 0, body }),
        );
      });
      sent.on('error', reject);
      sent.end();
    });
  }
}
