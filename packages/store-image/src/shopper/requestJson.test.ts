import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { requestJson } from './requestJson';
import { ShopRequestError } from './ShopRequestError';

describe('requestJson', () => {
  let server: Server;
  let baseUrl: string;
  const seen: { request: IncomingMessage; body: string }[] = [];
  let answer: { status: number; text: string } | undefined;

  beforeEach(async () => {
    seen.length = 0;
    answer = { status: 200, text: '{"fine":true}' };
    server = createServer((request, response) => {
      let body = '';
      request.on('data', chunk => {
        body += chunk;
      });
      request.on('end', () => {
        seen.push({ request, body });
        if (answer) {
          response.writeHead(answer.status).end(answer.text);
        }
      });
    });
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });

  afterEach(async () => {
    server.closeAllConnections();
    await new Promise(resolve => server.close(resolve));
  });

  it("asks for the shop's host at another address", async () => {
    const content = await requestJson(
      { baseUrl, host: 'shop-1.localhost:8080' },
      { method: 'POST', path: '/store/carts?a=1', body: { region_id: 'x' } },
    );

    expect(content).toEqual({ fine: true });
    expect(seen).toHaveLength(1);
    expect(seen[0]!.request).toMatchObject({
      method: 'POST',
      url: '/store/carts?a=1',
      headers: { host: 'shop-1.localhost:8080' },
    });
    expect(JSON.parse(seen[0]!.body)).toEqual({ region_id: 'x' });
  });

  it('says what was asked and what was answered', async () => {
    answer = { status: 404, text: '{"message":"no such cart"}' };
    const refused = requestJson(
      { baseUrl, host: 'shop' },
      { method: 'GET', path: '/store/carts/1' },
    );

    await expect(refused).rejects.toBeInstanceOf(ShopRequestError);
    await expect(refused).rejects.toMatchObject({
      status: 404,
      message: expect.stringMatching(
        /GET '\/store\/carts\/1' for 'shop' was answered with '404'.*no such cart/,
      ),
    });
  });

  it('gives up on a shop that does not answer', async () => {
    answer = undefined;

    await expect(
      requestJson(
        { baseUrl, host: 'shop', timeoutMs: 50 },
        { method: 'GET', path: '/' },
      ),
    ).rejects.toThrow('no answer in time');
  });

  it('names the address where nobody listens', async () => {
    await expect(
      requestJson(
        { baseUrl: 'http://127.0.0.1:1', host: 'shop' },
        { method: 'GET', path: '/ready' },
      ),
    ).rejects.toThrow(`GET 'http://127.0.0.1:1/ready' for 'shop'`);
  });
});
