import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeKubeconfig } from './__testUtils__/writeKubeconfig';
import { ClusterClient } from './ClusterClient';
import { ClusterConnection } from './ClusterConnection';
import { ClusterApiError, ClusterUnreachableError } from './ClusterError';

interface Asked {
  method?: string;
  url?: string;
  headers: IncomingMessage['headers'];
  body: string;
}

describe('ClusterClient', () => {
  let folder: string;
  let server: Server;
  let asked: Asked[];
  let answer: { status: number; body: unknown; hang?: boolean };
  let connections: number;
  let connection: ClusterConnection;
  let client: ClusterClient;
  /** For answers that don't come. */
  let hasty: ClusterClient;

  const kubeconfig = () => join(folder, 'kubeconfig');

  const login = (token: string) =>
    writeKubeconfig(kubeconfig(), {
      port: (server.address() as AddressInfo).port,
      token,
    });

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'cluster-client-'));
    asked = [];
    answer = { status: 200, body: {} };
    connections = 0;
    server = createServer((request, response) => {
      let body = '';
      request.on('data', chunk => {
        body += chunk;
      });
      request.on('end', () => {
        const { method, url, headers } = request;
        asked.push({ method, url, headers, body });
        if (answer.hang) return;
        response.writeHead(answer.status, {
          'content-type': 'application/json',
        });
        response.end(JSON.stringify(answer.body));
      });
    });
    server.on('connection', () => {
      connections += 1;
    });
    await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
    connection = ClusterConnection.create({ kubeconfig: kubeconfig() });
    client = ClusterClient.create({ connection, requestTimeoutMs: 50_000 });
    hasty = ClusterClient.create({ connection, requestTimeoutMs: 300 });
  });

  afterEach(async () => {
    server.closeAllConnections();
    await new Promise(done => server.close(done));
    await rm(folder, { recursive: true, force: true });
  });

  const secret = {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'a', namespace: 'store-a' },
  };

  it('applies under the name that Helm uses, and says whether the object is new', async () => {
    await login('first');
    answer.status = 201;
    expect(await client.apply(secret)).toMatchObject({ created: true });
    answer.status = 200;
    expect(await client.apply(secret)).toMatchObject({ created: false });
    expect(asked[0]).toMatchObject({
      method: 'PATCH',
      url: '/api/v1/namespaces/store-a/secrets/a?fieldManager=helm&force=true',
      headers: {
        authorization: 'Bearer first',
        'content-type': 'application/apply-patch+yaml',
        'user-agent': 'storeyard',
      },
      body: JSON.stringify(secret),
    });
  });

  it('keeps its connection for the requests that follow', async () => {
    await login('first');
    for (let count = 0; count < 5; count += 1) await client.get(secret);
    expect(asked).toHaveLength(5);
    expect(connections).toBe(1);
  });

  it('takes what is gone for no error where that is so', async () => {
    await login('first');
    answer = { status: 404, body: { message: 'secrets "a" not found' } };
    expect(await client.get(secret)).toBeUndefined();
    await client.delete(secret, { uid: 'u1' });
    expect(JSON.parse(asked[1]!.body)).toMatchObject({
      preconditions: { uid: 'u1' },
    });
    await expect(client.apply(secret)).rejects.toThrow('not found');
  });

  it("refuses in the API server's own words, with its status", async () => {
    await login('first');
    answer = {
      status: 403,
      body: { reason: 'Forbidden', message: 'secrets is forbidden: no' },
    };
    await expect(client.apply(secret)).rejects.toEqual(
      new ClusterApiError(
        'PATCH /api/v1/namespaces/store-a/secrets/a',
        403,
        'Forbidden',
        'secrets is forbidden: no',
      ),
    );
  });

  it('gives up on an answer that does not come in time', async () => {
    await login('first');
    answer.hang = true;
    await expect(hasty.get(secret)).rejects.toBeInstanceOf(
      ClusterUnreachableError,
    );
  });

  it('says that there is no kubeconfig yet, and works once there is', async () => {
    await expect(client.get(secret)).rejects.toThrow(
      `The kubeconfig '${kubeconfig()}' is not there (yet)`,
    );
    await writeFile(kubeconfig(), 'apiVersion: v');
    await expect(client.get(secret)).rejects.toBeInstanceOf(
      ClusterUnreachableError,
    );
    await login('late');
    await client.get(secret);
    expect(asked[0]!.headers.authorization).toBe('Bearer late');
  });

  it('reads a kubeconfig again that was replaced while the cluster was away', async () => {
    await login('first');
    await client.get(secret);
    const { epoch } = connection;
    answer.hang = true;
    await expect(hasty.get(secret)).rejects.toThrow('did not answer');
    answer.hang = false;
    await login('a longer second');
    await client.get(secret);
    expect(asked.at(-1)!.headers.authorization).toBe('Bearer a longer second');
    expect(connection.epoch).toBe(epoch + 1);
  });

  it('takes an unchanged kubeconfig for the same cluster after a lost answer', async () => {
    await login('first');
    await client.get(secret);
    const { epoch } = connection;
    answer.hang = true;
    await expect(hasty.get(secret)).rejects.toThrow('did not answer');
    answer.hang = false;
    await client.get(secret);
    expect(connection.epoch).toBe(epoch);
  });

  it('names the kind of what it lists', async () => {
    await login('first');
    answer.body = { items: [{ metadata: { name: 'a' } }] };
    expect(
      await client.list({
        apiVersion: 'v1',
        kind: 'Secret',
        namespace: 'store-a',
        labelSelector: 'owner=helm,status in (x,y)',
      }),
    ).toEqual([{ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'a' } }]);
    expect(decodeURIComponent(asked[0]!.url!)).toBe(
      '/api/v1/namespaces/store-a/secrets?labelSelector=owner=helm,status+in+(x,y)',
    );
  });
});
