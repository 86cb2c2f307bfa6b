import { readFile } from 'node:fs/promises';
import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import { Agent, request as sendRequest } from 'node:https';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { KubeConfig } from '@kubernetes/client-node';
import { writeKubeconfig } from '../../cluster/__testUtils__/writeKubeconfig';
import { HeldRequests } from './HeldRequests';

/** Stands between a replica and the API server, and can hold a request back as a network does. */
export class ApiProxy {
  /** @param kubeconfig - of the account that the replica is to have */
  static async start(kubeconfig: string): Promise<ApiProxy> {
    const config = new KubeConfig();
    config.loadFromFile(kubeconfig);
    const cluster = config.getCurrentCluster();
    if (!cluster) throw new Error(`'${kubeconfig}' names no cluster`);
    const authority = cluster.caFile
      ? await readFile(cluster.caFile)
      : Buffer.from(cluster.caData ?? '', 'base64');
    const proxy = new ApiProxy(cluster.server, authority);
    await new Promise<void>(resolve =>
      proxy.server.listen(0, '127.0.0.1', resolve),
    );
    const { port } = proxy.server.address() as AddressInfo;
    proxy.kubeconfig = `${kubeconfig}.${port}`;
    await writeKubeconfig(proxy.kubeconfig, {
      port,
      token: config.getCurrentUser()?.token,
    });
    return proxy;
  }

  readonly held = new HeldRequests();
  kubeconfig = '';
  private readonly agent: Agent;
  private readonly server: Server;

  private constructor(private readonly target: string, authority: Buffer) {
    this.agent = new Agent({ ca: authority, keepAlive: true });
    this.server = createServer((request, response) => {
      this.forward(request, response).catch(() => response.destroy());
    });
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise(resolve => this.server.close(resolve));
    this.agent.destroy();
  }

  private async forward(
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const body = await text(request);
    await this.held.pass(`${request.method} ${request.url}`, body, () =>
      this.send(request, body, response),
    );
  }

  private send(
    { method, url, headers }: IncomingMessage,
    body: string,
    response: ServerResponse,
  ): Promise<{ status: number; body: string }> {
    return new Promise((resolve, reject) => {
      const sent = sendRequest(
        `${this.target}${url}`,
        { method, headers, agent: this.agent },
        answer => {
          const { statusCode = 0 } = answer;
          let said = '';
          response.writeHead(statusCode, answer.headers);
          answer.pipe(response);
          answer.on('data', data => {
            said += data;
          });
          answer.on('end', () => resolve({ status: statusCode, body: said }));
          answer.on('error', reject);
        },
      );
      sent.on('error', reject);
      // Whoever went away may leave a watch behind; a request that was held is to arrive all the same.
      response.on('close', () => {
        if (url?.includes('watch=')) sent.destroy();
      });
      sent.end(body);
    });
  }
}
