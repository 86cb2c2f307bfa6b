import request from 'supertest';
import { call } from '../__testUtils__/apiCalls';
import {
  createStore,
  markDeleted,
  toys,
  useTestApis,
} from '../__testUtils__/testApi';

jest.setTimeout(60_000);

const start = useTestApis();

describe('guards of a creation', () => {
  const lacks = "'medusa-api' wants 320 MiB of memory on one node";

  it('answers 409 with what the cluster lacks, and keeps nothing', async () => {
    const asked: unknown[] = [];
    const api = await start({
      orchestrator: {
        lacking: async size => {
          asked.push(size);
          return lacks;
        },
      },
    });
    const { status, body } = await call(api, 'post', '', {
      ...toys,
      plan: 'large',
    });
    expect(status).toBe(409);
    expect(body.error.message).toBe(
      `plan: a store of the plan 'large' does not fit the cluster as it is now: ${lacks}`,
    );
    expect(asked).toEqual([
      expect.objectContaining({ engine: 'medusa', plan: 'large' }),
    ]);
    expect(await api.stores.listUnfinished()).toEqual([]);
  });

  it('answers the same request again with its store, though there is no room any more', async () => {
    const room = { lacking: undefined as string | undefined };
    const api = await start({
      orchestrator: { lacking: async () => room.lacking },
      maximumStoresPerOwner: 1,
    });
    const send = () =>
      request(api.backend.server)
        .post('/api/stores')
        .set('Idempotency-Key', 'k')
        .send(toys);
    const first = await send();
    room.lacking = lacks;
    const again = await send();
    expect([first.status, again.status]).toEqual([201, 200]);
    expect(again.body).toEqual(first.body);
  });

  it("answers 403 with limit and use when the owner's quota is used up", async () => {
    const api = await start({ maximumStoresPerOwner: 2 });
    const { id } = await createStore(api, { name: 'One' });
    await createStore(api, { name: 'Two' });
    const refused = await call(api, 'post', '', { ...toys, name: 'Three' });
    expect(refused.status).toBe(403);
    expect(refused.body.error.message).toBe(
      "owner: 'user:default/mock' has 2 stores, and may have 2",
    );
    const other = { name: 'Four', owner: 'group:default/shop-team' };
    const { id: otherId } = await createStore(api, other);
    const handed = await call(api, 'patch', `/${otherId}`, {
      owner: 'user:default/mock',
    });
    expect(handed.status).toBe(403);
    await markDeleted(api, id);
    await createStore(api, { name: 'Three' });
  });

  it('lets two requests at once not both take the last place', async () => {
    const api = await start({ maximumStoresPerOwner: 1 });
    const answers = await Promise.all(
      ['One', 'Two', 'Three'].map(name =>
        call(api, 'post', '', { ...toys, name }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 403, 403]);
  });
});
