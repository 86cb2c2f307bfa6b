import { ConflictError } from '@backstage/errors';
import knexFactory from 'knex';
import request from 'supertest';
import { useTestApis } from '../__testUtils__/testApi';
import { isDatabaseOutage } from './answerOutages';

jest.setTimeout(60_000);

const start = useTestApis();

async function errorOf(work: PromiseLike<unknown>): Promise<unknown> {
  try {
    await work;
  } catch (error) {
    return error;
  }
  throw new Error('expected a failure');
}

it('tells a database that is not there from one that refuses', async () => {
  const nowhere = knexFactory({
    client: 'pg',
    connection: { host: '127.0.0.1', port: 9 },
  });
  expect(isDatabaseOutage(await errorOf(nowhere.select(1)))).toBe(true);
  await nowhere.destroy();
  expect(isDatabaseOutage(await errorOf(nowhere.select(1)))).toBe(true);
  const { knex } = await start();
  expect(isDatabaseOutage(await errorOf(knex('no_such_table')))).toBe(false);
  expect(isDatabaseOutage(new ConflictError('taken'))).toBe(false);
});

it('answers 503 to what may be sent again, and keeps nothing', async () => {
  const api = await start();
  const send = () =>
    request(api.backend.server)
      .post('/api/stores')
      .send({ name: 'Toys', engine: 'medusa' });
  const away = Object.assign(new Error('the database is starting up'), {
    code: '57P03',
  });
  const create = jest.spyOn(api.stores, 'create').mockRejectedValue(away);
  const response = await send();
  expect(response.status).toBe(503);
  expect(response.body.error).toMatchObject({
    name: 'ServiceUnavailableError',
    message: expect.stringContaining('The database does not answer'),
  });
  expect(api.enqueued).toEqual([]);
  create.mockRestore();
  expect((await send()).status).toBe(201);
});
