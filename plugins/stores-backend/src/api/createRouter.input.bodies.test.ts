import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import request from 'supertest';
import { useRefusingApi } from '../__testUtils__/refusingApi';
import { toys } from '../__testUtils__/testApi';

jest.setTimeout(60_000);

const { send, server, storeId } = useRefusingApi();

describe('bodies', () => {
  const routes: [string, string][] = [
    ['POST', ''],
    ['PATCH', '/{id}'],
    ['DELETE', '/{id}'],
    ['POST', '/{id}/retry'],
    ['POST', '/{id}/upgrade'],
    ['POST', '/{id}/pause'],
    ['POST', '/{id}/resume'],
  ];
  const wrong: [string, string, string, number, string][] = [
    [
      'JSON that is broken',
      'application/json',
      '{"name":',
      400,
      "body: can't be read as JSON: Unexpected end of JSON input",
    ],
    ['a JSON text', 'application/json', '"toys"', 400, 'body: '],
    ['a JSON number', 'application/json', '7', 400, 'body: '],
    ['null', 'application/json', 'null', 400, 'body: '],
    [
      'no content type',
      '',
      '{"name":"Toys","engine":"medusa"}',
      415,
      'Content-Type',
    ],
    [
      'a form',
      'application/x-www-form-urlencoded',
      'name=Toys&engine=medusa',
      415,
      'Content-Type',
    ],
    [
      'a multipart form',
      'multipart/form-data; boundary=x',
      '--x--',
      415,
      'Content-Type',
    ],
    ['XML', 'application/xml', '<store/>', 415, 'Content-Type'],
    ['YAML', 'application/yaml', 'name: Toys', 415, 'Content-Type'],
    [
      'plain text',
      'text/plain',
      '{"name":"Toys","engine":"medusa"}',
      415,
      'Content-Type',
    ],
    [
      'an unknown charset',
      'application/json; charset=martian',
      '{"name":"Toys","engine":"medusa"}',
      415,
      'body: ',
    ],
    [
      'a huge body',
      'application/json',
      JSON.stringify({ ...toys, name: 'x'.repeat(2_000_000) }),
      413,
      'body: must not be larger than 65536 bytes',
    ],
  ];
  it.each(
    routes.flatMap(([method, path]) =>
      wrong.map(([what, ...rest]) => [method, path, what, ...rest] as const),
    ),
  )(
    '%s %s refuses %s',
    async (method, path, _what, contentType, body, status, message) => {
      const response = await send({
        method,
        path: path.replace('{id}', storeId()),
        contentType,
        body,
      });
      expect(response.error?.message).toContain(message);
      expect(response.status).toBe(status);
    },
  );

  it('refuses parameters that are nested very deep', async () => {
    const response = await send({
      method: 'POST',
      path: '',
      body: `{"name":"Toys","engine":"medusa","parameters":{"title":${'['.repeat(
        30_000,
      )}${']'.repeat(30_000)}}}`,
    });
    expect(response.status).toBe(400);
    expect(response.error?.message).toContain('parameters.title');
  });

  it('refuses a body that is missing', async () => {
    const response = await request(server()).post('/api/stores');
    expect(response.status).toBe(400);
    expect(response.body.error.message).toContain('name: is required');
  });

  it('refuses a body that is compressed to be small', async () => {
    const { port } = server().address() as AddressInfo;
    const response = await fetch(`http://localhost:${port}/api/stores`, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        'Content-Encoding': 'gzip',
      },
      body: gzipSync(JSON.stringify({ ...toys, name: 'x'.repeat(5_000_000) })),
    });
    expect(response.status).toBe(413);
  });
});
