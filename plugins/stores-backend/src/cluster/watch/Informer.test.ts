import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from '../../__testUtils__/until';
import { writeKubeconfig } from '../__testUtils__/writeKubeconfig';
import { ClusterClient } from '../ClusterClient';
import { ClusterConnection } from '../ClusterConnection';
import type { KubernetesObject } from '../types';
import { Informer } from './Informer';

const service = (name: string, version: number, more: object = {}) => ({
  metadata: {
    name,
    namespace: 'store-a',
    uid: `uid-${name}`,
    resourceVersion: String(version),
    ...more,
  },
});

/** An API server that does what a test tells it to do. */
class ScriptedServer {
  readonly asked: URLSearchParams[] = [];
  readonly watchers: ServerResponse[] = [];
  pages: { items: object[]; version: string; next?: string }[] = [];
  refuseWatch: object | undefined;
  private readonly server: Server = createServer((request, response) => {
    const query = new URL(request.url ?? '', 'http://x').searchParams;
    this.asked.push(query);
    if (!query.has('watch')) {
      const page = this.pages[Number(query.get('continue') ?? 0)];
      response.end(
        JSON.stringify({
          metadata: { resourceVersion: page?.version, continue: page?.next },
          items: page?.items,
        }),
      );
    } else if (this.refuseWatch) {
      response.writeHead(410).end(JSON.stringify(this.refuseWatch));
      this.refuseWatch = undefined;
    } else {
      response.writeHead(200);
      response.flushHeaders();
      this.watchers.push(response);
    }
  });

  async listen(): Promise<number> {
    await new Promise<void>(resolve =>
      this.server.listen(0, '127.0.0.1', resolve),
    );
    return (this.server.address() as AddressInfo).port;
  }

  tell(type: string, object: object): void {
    this.watchers.at(-1)?.write(`${JSON.stringify({ type, object })}\n`);
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise(resolve => this.server.close(resolve));
  }
}

describe('Informer', () => {
  let server: ScriptedServer;
  let directory: string;
  let kubeconfig: string;
  let informer: Informer | undefined;
  let changes: string[];

  const pointAt = (port: number) => writeKubeconfig(kubeconfig, { port });

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'informer-'));
    kubeconfig = join(directory, 'config');
    server = new ScriptedServer();
    await pointAt(await server.listen());
    changes = [];
  });

  afterEach(async () => {
    await informer?.stop();
    await server.close();
    await rm(directory, { recursive: true });
  });

  async function start(options: { silenceMs?: number } = {}) {
    let synced = 0;
    informer = Informer.create({
      client: ClusterClient.create({
        connection: ClusterConnection.create({ kubeconfig }),
      }),
      apiVersion: 'v1',
      kind: 'Service',
      labelSelector: 'ours=yes',
      trim: object => object,
      onChange: ({ metadata }: KubernetesObject) =>
        changes.push(`${metadata.name}@${metadata.resourceVersion}`),
      onSynced: () => {
        synced += 1;
      },
      random: () => 0,
      ...options,
    });
    const started = informer;
    started.start();
    await until(() => server.watchers.length > 0);
    expect(synced).toBe(1);
    return started;
  }

  it('lists in pages and follows from where the list ended', async () => {
    server.pages = [
      { items: [service('a', 1)], version: '7', next: '1' },
      { items: [service('b', 2)], version: '7' },
    ];
    const running = await start();
    expect(running.synced).toBe(true);
    expect(running.list('store-a')).toHaveLength(2);
    expect(running.list('store-b')).toEqual([]);
    expect(running.get('b', 'store-a')?.metadata.uid).toBe('uid-b');
    const watch = server.asked.at(-1);
    expect(watch?.get('resourceVersion')).toBe('7');
    expect(watch?.get('allowWatchBookmarks')).toBe('true');
    expect(watch?.get('labelSelector')).toBe('ours=yes');
    expect(changes).toEqual(['a@1', 'b@2']);
  });

  it('takes changes, deletions and bookmarks, also when they come in pieces', async () => {
    server.pages = [{ items: [service('a', 1)], version: '1' }];
    const running = await start();
    server.tell('MODIFIED', service('a', 3));
    const whole = `${JSON.stringify({
      type: 'ADDED',
      object: service('b', 4),
    })}\n`;
    const [watcher] = server.watchers;
    watcher?.write(whole.slice(0, 20));
    await new Promise(resolve => setTimeout(resolve, 20));
    watcher?.write(whole.slice(20));
    server.tell('DELETED', service('a', 5));
    server.tell('BOOKMARK', { metadata: { resourceVersion: '9' } });
    await until(() => running.version === 9n);
    expect(running.list().map(({ metadata }) => metadata.name)).toEqual(['b']);
    expect(changes).toEqual(['a@1', 'a@3', 'b@4', 'a@5']);
  });

  it('goes on from the last version when a watch is cut, without another list', async () => {
    server.pages = [{ items: [service('a', 1)], version: '1' }];
    const running = await start();
    server.tell('BOOKMARK', { metadata: { resourceVersion: '12' } });
    await until(() => running.version === 12n);
    server.watchers[0]?.destroy();
    await until(() => server.watchers.length === 2);
    expect(server.asked.at(-1)?.get('resourceVersion')).toBe('12');
    expect(server.asked.filter(query => !query.has('watch'))).toHaveLength(1);
    expect(running.synced).toBe(true);
  });

  it('lists again when the server no longer knows the version, and tells what went meanwhile', async () => {
    server.pages = [
      { items: [service('a', 1), service('b', 1)], version: '1' },
    ];
    const running = await start();
    changes.length = 0;
    server.pages = [{ items: [service('b', 6)], version: '20' }];
    server.tell('ERROR', { kind: 'Status', code: 410, reason: 'Expired' });
    await until(() => server.watchers.length === 2);
    expect(changes).toEqual(['a@1', 'b@6']);
    expect(running.version).toBe(20n);
    server.refuseWatch = { code: 410, reason: 'Expired', message: 'too old' };
    server.pages = [{ items: [], version: '30' }];
    server.watchers[1]?.destroy();
    await until(() => server.watchers.length === 3);
    expect(running.version).toBe(30n);
    expect(running.list()).toEqual([]);
  });

  it('gives up a connection over which nothing comes any more', async () => {
    server.pages = [{ items: [service('a', 1)], version: '1' }];
    const running = await start({ silenceMs: 100 });
    await until(() => server.watchers.length >= 2);
    expect(running.list()).toHaveLength(1);
    expect(server.asked.at(-1)?.get('resourceVersion')).toBe('1');
  });

  it('lists again when the kubeconfig leads elsewhere', async () => {
    server.pages = [{ items: [service('a', 1)], version: '50' }];
    const running = await start();
    const other = new ScriptedServer();
    other.pages = [{ items: [service('z', 2)], version: '2' }];
    try {
      await pointAt(await other.listen());
      server.watchers[0]?.destroy();
      await until(() => other.watchers.length === 1);
      expect(running.version).toBe(2n);
      expect(running.list().map(({ metadata }) => metadata.name)).toEqual([
        'z',
      ]);
    } finally {
      await running.stop();
      await other.close();
    }
  });
});
