import type {
  Store,
  StoreEvent,
  StoreState,
} from '@storeyard/backstage-plugin-stores-common';
import { ResponseError } from '@backstage/errors';
import { bringDemoStore } from './bringDemoStore';

const store = (state: StoreState) => ({ id: 'demo-a1b2c', state } as Store);
const event = (sequence: number, message: string) =>
  ({ sequence, message } as StoreEvent);

function portal(states: StoreState[], events: StoreEvent[][] = []) {
  const pages = [...events];
  const rest = [...states];
  return {
    createStore: jest.fn(async () => store(rest.shift() ?? 'REQUESTED')),
    getStore: jest.fn(async () => store(rest.shift() ?? 'READY')),
    listEvents: jest.fn(
      async (_id: string, options: { after?: number } = {}) => {
        const items = pages.shift() ?? [];
        return { items, cursor: items.at(-1)?.sequence ?? options.after ?? 0 };
      },
    ),
  };
}

describe('bringDemoStore', () => {
  it('asks with the key of the instance and tells each event once until the store sells', async () => {
    const client = portal(
      ['REQUESTED', 'PROVISIONING', 'READY'],
      [[event(4, 'requested'), event(5, 'applied')], [event(9, 'ready')]],
    );
    const told: string[] = [];
    const result = await bringDemoStore({
      client,
      requestKey: 'key-1',
      onEvent: ({ message }) => told.push(message),
    });
    expect(result.state).toBe('READY');
    expect(told).toEqual(['requested', 'applied', 'ready']);
    expect(client.createStore).toHaveBeenCalledWith(
      { name: 'demo', engine: 'medusa' },
      expect.objectContaining({ idempotencyKey: 'key-1' }),
    );
    expect(
      client.listEvents.mock.calls.map(([, { after } = {}]) => after),
    ).toEqual([0, 5]);
  });

  it.each(['READY', 'FAILED', 'DELETED'] as const)(
    'does not wait for one that an earlier start asked for and that is %s',
    async state => {
      const client = portal([state]);
      await expect(
        bringDemoStore({ client, requestKey: 'k', onEvent: () => {} }),
      ).resolves.toMatchObject({ state });
      expect(client.listEvents).not.toHaveBeenCalled();
    },
  );

  it('bears with a portal that is away for a moment', async () => {
    const client = portal(['REQUESTED', 'READY']);
    client.getStore.mockRejectedValueOnce(new TypeError('fetch failed'));
    await expect(
      bringDemoStore({ client, requestKey: 'k', onEvent: () => {} }),
    ).resolves.toMatchObject({ state: 'READY' });
  });

  it('gives up on a portal that stays away', async () => {
    const client = portal([]);
    client.createStore.mockRejectedValue(new TypeError('fetch failed'));
    await expect(
      bringDemoStore({
        client,
        requestKey: 'k',
        onEvent: () => {},
        patienceMilliseconds: 0,
      }),
    ).rejects.toThrow(/The portal does not answer.*fetch failed/);
  });

  it('takes a refusal at its word', async () => {
    const client = portal([]);
    const refusal = await ResponseError.fromResponse(
      new Response('{}', { status: 400 }),
    );
    client.createStore.mockRejectedValue(refusal);
    await expect(
      bringDemoStore({ client, requestKey: 'k', onEvent: () => {} }),
    ).rejects.toBe(refusal);
    expect(client.createStore).toHaveBeenCalledTimes(1);
  });
});
