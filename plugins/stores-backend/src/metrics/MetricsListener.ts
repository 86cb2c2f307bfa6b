import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { LoggerService } from '@backstage/backend-plugin-api';
import { InputError, isError, stringifyError } from '@backstage/errors';
import type { ShownMetrics } from './shownMetrics';

/** Options of {@link MetricsListener.create}. */
export interface MetricsListenerOptions {
  /** `host:port`, as `stores.metrics.listen` has it. */
  listen: string;
  metrics: ShownMetrics;
  logger: LoggerService;
}

/**
 * Shows the metrics without credentials on an address of their own: `/metrics` for Prometheus and `/metrics/summary` as
 * JSON. Whoever reaches the address reads them, so it is loopback or the scraper's network.
 */
export class MetricsListener {
  /** @throws InputError when the address is none */
  static create(options: MetricsListenerOptions): MetricsListener {
    return new MetricsListener(options, parseAddress(options.listen));
  }

  private readonly server: Server;

  private constructor(
    private readonly options: MetricsListenerOptions,
    private readonly address: { host: string; port: number },
  ) {
    this.server = createServer((request, response) => {
      const path = request.url?.split('?', 1)[0];
      if (request.method !== 'GET' && request.method !== 'HEAD') {
        response.writeHead(405, { Allow: 'GET, HEAD' }).end();
        return;
      }
      this.show(path, response).catch(error => {
        this.options.logger.error('The metrics could not be read', error);
        response.writeHead(503).end('The metrics could not be read\n');
      });
    });
  }

  /**
   * Resolves to the address that it listens on; to undefined when the address can't be had, for instance because the
   * port is taken: the stores go on without, and the log says so.
   */
  async start(): Promise<string | undefined> {
    const { listen, logger } = this.options;
    try {
      await new Promise<void>((resolve, reject) => {
        this.server.once('error', reject);
        this.server.listen(this.address, () => {
          this.server.off('error', reject);
          resolve();
        });
      });
    } catch (error) {
      logger.error(
        `'stores.metrics.listen' is '${listen}', which can't be listened on: ${
          isAddressInUse(error)
            ? 'another program has the port. Stop it, or set another one'
            : stringifyError(error)
        }. Metrics are now under /api/stores/metrics only, with credentials`,
      );
      return undefined;
    }
    const { port } = this.server.address() as AddressInfo;
    const address = `http://${bracketed(this.address.host)}:${port}`;
    logger.info(`Metrics without credentials: ${address}/metrics`);
    return address;
  }

  async stop(): Promise<void> {
    if (!this.server.listening) return;
    await new Promise<void>((resolve, reject) => {
      this.server.close(error => (error ? reject(error) : resolve()));
      this.server.closeAllConnections();
    });
  }

  private async show(
    path: string | undefined,
    response: ServerResponse,
  ): Promise<void> {
    const { metrics } = this.options;
    if (path === '/metrics') {
      const text = await metrics.text();
      response.writeHead(200, { 'Content-Type': metrics.contentType });
      response.end(text);
    } else if (path === '/metrics/summary') {
      const summary = await metrics.summary();
      response.writeHead(200, { 'Content-Type': 'application/json' });
      response.end(JSON.stringify(summary));
    } else {
      response.writeHead(404, { 'Content-Type': 'text/plain' });
      response.end('Expected /metrics or /metrics/summary\n');
    }
  }
}

function parseAddress(listen: string): { host: string; port: number } {
  const match = /^(?:\[([0-9a-f:]+)\]|([^:\s]+)):(\d{1,5})$/i.exec(listen);
  const host = match?.[1] ?? match?.[2];
  const port = Number(match?.[3]);
  if (host === undefined || port > 65_535) {
    throw new InputError(
      `'stores.metrics.listen' is '${listen}', expected host:port such as '127.0.0.1:3001'`,
    );
  }
  return { host, port };
}

function bracketed(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}

function isAddressInUse(error: unknown): boolean {
  return isError(error) && error.code === 'EADDRINUSE';
}
