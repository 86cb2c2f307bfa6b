import express from 'express';
import request from 'supertest';
import { DocumentValidator } from './DocumentValidator';
import { documentOperations } from './OpenApiDocument';
import { parseInput } from './parseInput';

const validator = DocumentValidator.create();

/** What is read of a request, or what it is refused for. */
async function read(
  id: string,
  send: (agent: ReturnType<typeof request>) => request.Test,
): Promise<unknown> {
  const operation = documentOperations.find(each => each.id === id);
  if (!operation) throw new Error(`no operation '${id}'`);
  const app = express();
  app.use(express.json());
  app.use((incoming, response) => {
    try {
      const { query, header, body } = parseInput(
        validator,
        operation,
        incoming,
      );
      response.json({ query, header, body });
    } catch (error) {
      response.json(String(error));
    }
  });
  return (await send(request(app))).body;
}

describe('parseInput', () => {
  it('reads a query as what it means, with what it does not say', async () => {
    expect(
      await read('listStores', agent => agent.get('/?state=READY&limit=5')),
    ).toEqual({
      query: { state: ['READY'], limit: 5, order: '-createdAt' },
      header: {},
    });
    expect(
      await read('listStores', agent =>
        agent.get('/?state=READY&state=FAILED'),
      ),
    ).toMatchObject({ query: { state: ['READY', 'FAILED'] } });
    expect(
      await read('getLogs', agent =>
        agent.get('/?workload=medusa-api&previous=true'),
      ),
    ).toMatchObject({ query: { previous: true } });
    expect(
      await read('getLogs', agent =>
        agent.get('/?workload=medusa-api&previous=false'),
      ),
    ).toMatchObject({ query: { previous: false } });
  });

  it.each([
    ['limit=x', 'limit: must be a whole number'],
    ['limit=1e1', 'limit: must be a whole number'],
    ['limit=5.0', 'limit: must be a whole number'],
    ['limit=-1', 'limit: must be at least 1'],
    ['limit=1&limit=2', 'limit: must be given once'],
    ['nonsense=1', 'nonsense: unknown field'],
    [
      'limit=x&nonsense=1',
      'nonsense: unknown field; limit: must be a whole number',
    ],
  ])('refuses %s', async (query, message) => {
    expect(await read('listStores', agent => agent.get(`/?${query}`))).toBe(
      `InputError: ${message}`,
    );
  });

  it('reads only those headers that mean something', async () => {
    const body = { name: 'Toys', engine: 'medusa' };
    expect(
      await read('createStore', agent =>
        agent.post('/').set('Idempotency-Key', 'k').send(body),
      ),
    ).toEqual({ query: {}, header: { 'Idempotency-Key': 'k' }, body });
    expect(
      await read('createStore', agent =>
        agent.post('/').set('Idempotency-Key', 'with space').send(body),
      ),
    ).toMatch(/^InputError: header Idempotency-Key: /);
  });

  it('says all that is wrong at once', async () => {
    expect(
      await read('createStore', agent =>
        agent.post('/?a=1').set('Idempotency-Key', ' x y').send({ name: 'a' }),
      ),
    ).toMatch(
      /^InputError: engine: is required; a: unknown field; header Idempotency-Key: /,
    );
  });

  it('takes no body where none belongs, but an empty one', async () => {
    expect(
      await read('deleteStore', agent => agent.delete('/').send({})),
    ).toEqual({ query: {}, header: {} });
    expect(
      await read('deleteStore', agent => agent.delete('/').send({ a: 1 })),
    ).toBe('InputError: a: unknown field');
  });

  it('does not look at the body of a GET', async () => {
    expect(
      await read('getStore', agent => agent.get('/').send({ a: 1 })),
    ).toEqual({ query: {}, header: {} });
  });
});
