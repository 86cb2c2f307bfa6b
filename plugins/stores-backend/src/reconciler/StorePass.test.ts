import { mockServices } from '@backstage/backend-test-utils';
import { ConflictError } from '@backstage/errors';
import { bringTo } from '../__testUtils__/bringTo';
import {
  clearTestDatabase,
  createTestDatabase,
  type TestDatabase,
} from '../__testUtils__/testDatabase';
import type { StoreRecord } from '../database/StoreRecord';
import { LeaseLostError } from './leases';
import { StorePass, SupersededError } from './StorePass';

jest.setTimeout(60_000);

describe('StorePass', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await createTestDatabase('SQLITE_3');
  });

  beforeEach(() => clearTestDatabase(database));

  const begin = (record: StoreRecord) =>
    StorePass.create({
      record,
      lease: {
        epoch: record.leaseEpoch,
        signal: new AbortController().signal,
      },
      repository: database.stores,
      signal: new AbortController().signal,
      logger: mockServices.logger.mock(),
    });

  const repaired = {
    type: 'repaired' as const,
    message: "Service 'medusa-api' was deleted",
  };

  async function told(id: string): Promise<string[]> {
    const { items } = await database.events.read({
      storeId: id,
      after: 0,
      limit: 100,
    });
    return items
      .filter(({ type }) => type === 'repaired')
      .map(({ message }) => message);
  }

  it('tells of what was done although a person has asked for something meanwhile, and ends', async () => {
    const record = await bringTo(database, 'READY');
    const pass = begin(record);
    await database.stores.requestDeletion({
      id: record.id,
      actor: 'user:default/ada',
    });
    await expect(pass.patch({ attempt: 1 }, [repaired])).rejects.toBeInstanceOf(
      ConflictError,
    );
    expect(await told(record.id)).toEqual([]);
    const states: string[] = [];
    await expect(
      pass.tell([repaired], ({ state }) => {
        states.push(state);
        return {};
      }),
    ).rejects.toBeInstanceOf(SupersededError);
    expect(states).toEqual(['READY', 'DELETING']);
    expect(await told(record.id)).toEqual([repaired.message]);
  });

  it('tells once and goes on when nobody has asked for anything', async () => {
    const record = await bringTo(database, 'READY');
    const pass = begin(record);
    await pass.tell([repaired], () => ({ attempt: 3 }));
    await pass.patch({ attempt: 0 });
    expect(await told(record.id)).toEqual([repaired.message]);
  });

  it('tells nothing of a store that another replica has by now', async () => {
    const record = await bringTo(database, 'READY');
    const pass = begin(record);
    await database.knex('stores').update({ lease_epoch: 7 });
    await expect(pass.tell([repaired])).rejects.toBeInstanceOf(LeaseLostError);
    expect(await told(record.id)).toEqual([]);
  });
});
