import {
  createBackendPlugin,
  coreServices,
} from '@backstage/backend-plugin-api';
import {
  mockServices,
  startTestBackend,
  TestDatabases,
} from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import type { Knex } from 'knex';
import { StartLock } from './StartLock';
import startLock from '.';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['POSTGRES_15'] });

describe('the lock around the start', () => {
  let knex: Knex;
  let connection: string;

  beforeAll(async () => {
    knex = await databases.init('POSTGRES_15');
    const { database, host, port, user, password } =
      knex.client.config.connection;
    const server = `${host}:${port}`;
    connection = `postgresql://${user}:${password ?? ''}@${server}/${database}`;
  });

  const take = (url: string, logger = mockServices.logger.mock()) =>
    StartLock.take({
      logger,
      database: new ConfigReader({ client: 'pg', connection: url }),
    });

  it('has the second replica wait for the first, and says so', async () => {
    const first = await take(connection);
    const logger = mockServices.logger.mock();
    let taken = false;
    const second = take(connection, logger).then(lock => {
      taken = true;
      return lock;
    });
    await until(() => logger.info.mock.calls.length > 0);
    expect(logger.info).toHaveBeenCalledWith(
      'Another replica is starting: waiting until it has',
    );
    expect(taken).toBe(false);
    await first!.release();
    await (await second)!.release();
    await first!.release();
  });

  it('lets the one that starts make an index while others wait', async () => {
    const first = await take(connection);
    const logger = mockServices.logger.mock();
    const second = take(connection, logger);
    await until(() => logger.info.mock.calls.length > 0);
    await knex.raw('CREATE TABLE things (name text)');
    await knex.raw('CREATE INDEX CONCURRENTLY things_name ON things (name)');
    await first!.release();
    const lock = await second;
    expect(lock).toBeDefined();
    await lock!.release();
  });

  it('is had before the database is made', async () => {
    const url = new URL(connection);
    url.pathname = '/no_such_database';
    const lock = await take(url.toString());
    expect(lock).toBeDefined();
    await lock!.release();
  });

  it('takes none on SQLite', async () => {
    const lock = await StartLock.take({
      logger: mockServices.logger.mock(),
      database: new ConfigReader({
        client: 'better-sqlite3',
        connection: ':memory:',
      }),
    });
    expect(lock).toBeUndefined();
  });

  it('lets no two backends start their plugins at the same time', async () => {
    let starting = 0;
    let most = 0;
    const start = async () => {
      const plugin = createBackendPlugin({
        pluginId: 'slow',
        register(env) {
          env.registerInit({
            deps: { logger: coreServices.logger },
            async init() {
              starting += 1;
              most = Math.max(most, starting);
              await new Promise(resolve => setTimeout(resolve, 100));
              starting -= 1;
            },
          });
        },
      });
      return startTestBackend({
        features: [
          plugin,
          startLock,
          mockServices.rootConfig.factory({
            data: { backend: { database: { client: 'pg', connection } } },
          }),
        ],
      });
    };
    const backends = await Promise.all([start(), start(), start()]);
    expect(most).toBe(1);
    await Promise.all(backends.map(backend => backend.stop()));
  });
});

async function until(condition: () => boolean): Promise<void> {
  const deadline = Date.now() + 50_000;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error('it did not come to that');
    await new Promise(resolve => setTimeout(resolve, 10));
  }
}
