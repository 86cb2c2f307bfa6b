import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ShopProbe } from './ShopProbe';

describe('ShopProbe', () => {
  let server: Server;
  let asked: IncomingMessage[];
  let answer: { status: number; body: string; hang?: boolean };
  let probe: ShopProbe;

  beforeEach(async () => {
    asked = [];
    answer = { status: 200, body: '{"products":[]}' };
    server = createServer((request, response) => {
      asked.push(request);
      if (!answer.hang) response.writeHead(answer.status).end(answer.body);
    });
    await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
    probe = ShopProbe.create({
      address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
      timeoutMs: 30_000,
    });
  });

  afterEach(async () => {
    probe.close();
    server.closeAllConnections();
    await new Promise(done => server.close(done));
  });

  const url = 'http://toys-x7k2p.shops.example:8080';

  it("dials the ingress, with the store's host and headers", async () => {
    const result = await probe.probe({
      url,
      requests: [{ path: '/ready' }, { path: '/store', headers: { key: 'k' } }],
    });
    expect(result).toEqual({ ok: true });
    expect(asked.map(({ url: path }) => path)).toEqual(['/ready', '/store']);
    expect(asked[0]!.headers.host).toBe('toys-x7k2p.shops.example:8080');
    expect(asked[1]!.headers.key).toBe('k');
  });

  it('ends with the first request that does not work, and says which', async () => {
    answer = { status: 404, body: 'page not found' };
    const result = await probe.probe({
      url,
      requests: [{ path: '/ready' }, { path: '/store' }],
    });
    expect(result).toEqual({ ok: false, message: 'GET /ready: answered 404' });
    expect(asked).toHaveLength(1);
  });

  it('lets the request judge the answer', async () => {
    const result = await probe.probe({
      url,
      requests: [{ path: '/a', verify: body => `found '${body}'` }],
    });
    expect(result).toEqual({
      ok: false,
      message: `GET /a: found '{"products":[]}'`,
    });
  });

  it('gives up on an answer that does not come, and on nobody listening', async () => {
    answer = { ...answer, hang: true };
    const requests = [{ path: '/ready' }];
    const address = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    const hasty = ShopProbe.create({ address, timeoutMs: 100 });
    expect(await hasty.probe({ url, requests })).toMatchObject({ ok: false });
    hasty.close();
    const nobody = ShopProbe.create({
      address: '127.0.0.1:1',
      timeoutMs: 30_000,
    });
    expect(await nobody.probe({ url, requests })).toMatchObject({
      ok: false,
      message: expect.stringContaining('ECONNREFUSED'),
    });
  });

  it('is ended by its caller', async () => {
    answer = { ...answer, hang: true };
    const controller = new AbortController();
    const running = probe.probe({
      url,
      requests: [{ path: '/ready' }],
      signal: controller.signal,
    });
    controller.abort(new Error('stopped'));
    await expect(running).rejects.toThrow('stopped');
  });
});
