import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Answers as an ingress with a serving shop behind it does, for every host that it is not told to refuse. */
export class StandInIngress {
  static async start(): Promise<StandInIngress> {
    const ingress = new StandInIngress();
    await new Promise<void>(resolve =>
      ingress.server.listen(0, '127.0.0.1', resolve),
    );
    return ingress;
  }

  /** The hosts that were asked for, with the path. */
  readonly asked: string[] = [];
  private readonly refused = new Set<string>();
  private readonly server: Server;

  private constructor() {
    this.server = createServer((request, response) => {
      const { host = '', 'x-publishable-api-key': key = '' } = request.headers;
      const [storeId = ''] = host.split('.');
      this.asked.push(`${host}${request.url}`);
      if (this.refused.has(storeId)) {
        response.writeHead(503).end('no available server');
      } else if (!request.url?.startsWith('/store/')) {
        response.writeHead(200).end('{}');
      } else if (/^pk_[0-9a-f]{64}$/.test(String(key))) {
        response.writeHead(200).end('{"products":[{"id":"prod_1"}]}');
      } else {
        response.writeHead(400).end('{"type":"not_allowed"}');
      }
    });
  }

  get address(): string {
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  refuse(storeId: string): void {
    this.refused.add(storeId);
  }

  serve(storeId: string): void {
    this.refused.delete(storeId);
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise(resolve => this.server.close(resolve));
  }
}
