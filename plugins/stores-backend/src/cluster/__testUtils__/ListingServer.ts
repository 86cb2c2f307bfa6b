import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { collectionPath } from '../resources';
import type { KubernetesObject } from '../types';
import { writeKubeconfig } from './writeKubeconfig';

/** An API server that lists the same objects always, of which the watches say nothing, and that has one log for all. */
export class ListingServer {
  static async start(options: {
    objects: readonly KubernetesObject[];
    log?: string;
  }): Promise<ListingServer> {
    const folder = await mkdtemp(join(tmpdir(), 'listing-server-'));
    const server = new ListingServer(options, folder);
    await new Promise<void>(resolve =>
      server.server.listen(0, '127.0.0.1', resolve),
    );
    const { port } = server.server.address() as AddressInfo;
    await writeKubeconfig(server.kubeconfig, { port });
    return server;
  }

  /** What logs were asked for with. */
  readonly askedLogs: URLSearchParams[] = [];
  private readonly server: Server;

  private constructor(
    private readonly options: {
      objects: readonly KubernetesObject[];
      log?: string;
    },
    private readonly folder: string,
  ) {
    this.server = createServer((request, response) =>
      this.answer(new URL(request.url ?? '', 'http://x'), response),
    );
  }

  get kubeconfig(): string {
    return join(this.folder, 'kubeconfig');
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise(resolve => this.server.close(resolve));
    await rm(this.folder, { recursive: true });
  }

  private answer(
    { pathname, searchParams }: URL,
    response: ServerResponse,
  ): void {
    if (searchParams.has('watch')) {
      response.writeHead(200);
      response.flushHeaders();
    } else if (pathname.endsWith('/log')) {
      this.askedLogs.push(searchParams);
      response.end(this.options.log);
    } else {
      const items = this.options.objects.filter(
        ({ apiVersion, kind }) =>
          collectionPath({ apiVersion, kind }) === pathname,
      );
      response.end(
        JSON.stringify({ metadata: { resourceVersion: '5' }, items }),
      );
    }
  }
}
