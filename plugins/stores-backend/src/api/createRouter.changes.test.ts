import { InputError } from '@backstage/errors';
import { bringTo, call, eventTypes } from '../__testUtils__/apiCalls';
import {
  createStore,
  markDeleted,
  useTestApis,
} from '../__testUtils__/testApi';
import { guardOf } from '../database';

jest.setTimeout(60_000);

const start = useTestApis();

describe('PATCH /api/stores/:id', () => {
  it('changes owner and protection, and nothing else', async () => {
    const api = await start();
    const store = await createStore(api);
    const changed = await call(api, 'patch', `/${store.id}`, {
      owner: 'Group:default/Shop-Team',
      protected: true,
    });
    expect(changed.status).toBe(200);
    expect(changed.body).toEqual({
      ...store,
      owner: 'group:default/shop-team',
      protected: true,
      updatedAt: expect.any(String),
    });
    expect(await eventTypes(api, store.id)).toEqual([
      'requested',
      'owner-changed',
      'protection-changed',
    ]);
    expect(api.enqueued).toEqual([store.id, store.id]);
  });

  it('keeps a store from every deletion until the protection is taken off', async () => {
    const api = await start();
    const { id } = await createStore(api, { protected: true });
    const refused = await call(api, 'delete', `/${id}`);
    expect(refused.status).toBe(409);
    expect(refused.body.error.message).toContain(`store '${id}' is protected`);
    await call(api, 'patch', `/${id}`, { protected: false });
    expect((await call(api, 'delete', `/${id}`)).status).toBe(202);
  });

  it('answers 409 for a store that is going or gone', async () => {
    const api = await start();
    const { id } = await createStore(api);
    await markDeleted(api, id);
    const { status, body } = await call(api, 'patch', `/${id}`, {
      protected: true,
    });
    expect(status).toBe(409);
    expect(body.error.message).toContain('DELETED');
  });
});

describe('POST /api/stores/:id/retry', () => {
  it('notes the attempt and has the loop look at once', async () => {
    const api = await start();
    const { id } = await createStore(api);
    await bringTo(api, id, 'PROVISIONING', 'FAILED');
    const { status, body } = await call(api, 'post', `/${id}/retry`);
    expect(status).toBe(202);
    expect(body.id).toBe(id);
    expect(await eventTypes(api, id)).toContain('retry-requested');
    expect(api.enqueued).toEqual([id, id]);
    expect((await api.stores.get(id))!.retry).toMatchObject({
      acceptDataLoss: false,
    });
  });

  it('makes nothing anew and empty unless that is said', async () => {
    const api = await start();
    const { id } = await createStore(api);
    await bringTo(api, id, 'PROVISIONING', 'READY');
    const record = (await api.stores.get(id))!;
    await api.stores.transition({
      id,
      guard: guardOf(record),
      to: 'FAILED',
      patch: { reason: 'DataLost' },
      events: [],
    });
    const refused = await call(api, 'post', `/${id}/retry`, {});
    expect(refused.status).toBe(409);
    expect(refused.body.error.message).toContain('acceptDataLoss');
    expect((await api.stores.get(id))!.retry).toBeUndefined();
    const accepted = await call(api, 'post', `/${id}/retry`, {
      acceptDataLoss: true,
    });
    expect(accepted.status).toBe(202);
    expect((await api.stores.get(id))!.retry).toMatchObject({
      acceptDataLoss: true,
    });
  });

  it('answers 409 while the store is being deleted', async () => {
    const api = await start();
    const { id } = await createStore(api);
    await call(api, 'delete', `/${id}`);
    expect((await call(api, 'post', `/${id}/retry`)).status).toBe(409);
  });
});

describe('POST /api/stores/:id/upgrade', () => {
  it('begins a new generation, with the parameters that are not named as they were', async () => {
    const api = await start();
    const { id } = await createStore(api, {
      parameters: { currency: 'usd', countries: ['us'] },
    });
    await bringTo(api, id, 'PROVISIONING', 'READY');
    const { status, body } = await call(api, 'post', `/${id}/upgrade`, {
      plan: 'large',
      parameters: { imageVersion: '2.19.0' },
    });
    expect(status).toBe(202);
    expect(body).toMatchObject({
      generation: 2,
      plan: 'large',
      parameters: {
        currency: 'usd',
        countries: ['us'],
        imageVersion: '2.19.0',
      },
    });
  });

  it('answers what speaks against it, and changes nothing', async () => {
    const api = await start({
      orchestrator: {
        checkUpgrade: async () => {
          throw new InputError('plan: storage can not shrink');
        },
      },
    });
    const { id } = await createStore(api);
    await bringTo(api, id, 'PROVISIONING', 'READY');
    const before = await api.stores.get(id);
    const { status, body } = await call(api, 'post', `/${id}/upgrade`, {});
    expect([status, body.error.message]).toEqual([
      400,
      'plan: storage can not shrink',
    ]);
    expect(await api.stores.get(id)).toEqual(before);
  });

  it('answers 409 with the state that it is not possible in', async () => {
    const api = await start();
    const { id } = await createStore(api);
    const { status, body } = await call(api, 'post', `/${id}/upgrade`);
    expect(status).toBe(409);
    expect(body.error.message).toContain('REQUESTED');
  });
});

describe('pausing', () => {
  it('lasts for the minutes that were said, with the reason, until it is ended', async () => {
    const api = await start();
    const { id } = await createStore(api);
    const begun = Date.now();
    const paused = await call(api, 'post', `/${id}/pause`, {
      minutes: 30,
      reason: 'a dump by hand',
    });
    expect(paused.status).toBe(202);
    expect(paused.body).toMatchObject({
      pauseReason: 'a dump by hand',
      pausedBy: 'user:default/mock',
    });
    const minutes = (Date.parse(paused.body.pausedUntil) - begun) / 60_000;
    expect(minutes).toBeGreaterThanOrEqual(29.9);
    expect(minutes).toBeLessThan(31);
    const resumed = await call(api, 'post', `/${id}/resume`);
    expect(resumed.status).toBe(202);
    for (const field of ['pausedUntil', 'pauseReason', 'pausedBy']) {
      expect(resumed.body).not.toHaveProperty(field);
    }
    expect(await eventTypes(api, id)).toEqual([
      'requested',
      'paused',
      'resumed',
    ]);
  });

  it('is not possible while a store is deleted', async () => {
    const api = await start();
    const { id } = await createStore(api);
    await call(api, 'delete', `/${id}`);
    const body = { minutes: 5, reason: 'a' };
    expect((await call(api, 'post', `/${id}/pause`, body)).status).toBe(409);
  });
});
