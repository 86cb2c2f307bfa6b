import { Store } from '@storeyard/backstage-plugin-stores-common';
import { freePort } from '@storeyard/local-cluster';
import { SignalSocket } from './testbed/SignalSocket';
import { signInAsGuest } from './testbed/signInAsGuest';
import { StoresApi } from './testbed/StoresApi';
import { Testbed } from './testbed/Testbed';
import { waitFor } from './testbed/waitFor';

jest.setTimeout(300_000);

interface NotificationPage {
  notifications: {
    payload: { title: string; link: string; severity: string };
  }[];
}

describe('what the neighbours of the stores plugin are told', () => {
  let testbed: Testbed;
  let token: string;
  let metrics: string;
  let store: Store;
  const sockets: SignalSocket[] = [];

  beforeAll(async () => {
    const listen = `127.0.0.1:${await freePort()}`;
    metrics = `http://${listen}/metrics`;
    testbed = await Testbed.start({
      stores: `  metrics:\n    listen: ${listen}\n`,
    });
    token = await signInAsGuest(testbed);
  }, 600_000);

  afterAll(async () => {
    sockets.forEach(socket => socket.close());
    await testbed?.stop();
  }, 180_000);

  const asGuest = () =>
    StoresApi.create({ baseUrl: testbed.portal.baseUrl, token });

  async function openSocket(options: { token?: string }) {
    const { baseUrl } = testbed.portal;
    const socket = await SignalSocket.open({
      baseUrl,
      channel: 'stores',
      ...options,
    });
    sockets.push(socket);
    return socket;
  }

  async function notified(title: string) {
    return waitFor({ what: `the notification '${title}'` }, async () => {
      const response = await fetch(
        `${testbed.portal.baseUrl}/api/notifications/notifications`,
        { headers: { authorization: `Bearer ${token}` } },
      );
      const { notifications } = (await response.json()) as NotificationPage;
      return notifications.find(({ payload }) => payload.title === title);
    });
  }

  it("signals each change of a store to its owner's pages, by its id alone", async () => {
    const owner = await openSocket({ token });
    store = await asGuest().create('Told of');
    await asGuest().reaches(store.id, 'READY');
    const heard = await waitFor(
      { what: 'signals of the store' },
      async () => owner.heard.length > 3 && owner.heard,
    );
    for (const { message } of heard) {
      expect(message).toEqual({
        storeId: store.id,
        sequence: expect.any(Number),
      });
    }
  });

  it('notifies the owner that the store is ready, with a link to it', async () => {
    const { payload } = await notified(`Store 'Told of' is ready`);
    expect(payload).toMatchObject({
      link: `/stores/${store.id}`,
      severity: 'normal',
    });
  });

  it('measures it, for a scraper that has no credentials', async () => {
    const text = await (await fetch(metrics)).text();
    expect(text).toMatch(/^stores_created_total 1$/m);
    expect(text).toMatch(/^provisioning_duration_seconds_count 1$/m);
    expect(text).toMatch(/^active_stores\{state="READY"\} 1$/m);
    expect(text).toMatch(/^storeyard_chart_renders_total [1-9]/m);
    expect(text).toMatch(/^storeyard_watch_age_seconds\{kind="\w+"\} /m);
    expect(text).not.toContain(store.id);
    const summary = await (await fetch(`${metrics}/summary`)).json();
    expect(summary).toMatchObject({
      active_stores: { READY: 1 },
      provisioning_duration_seconds: { count: 1, p50: expect.any(Number) },
    });
  });

  it('lets an assistant of the owner delete it over MCP, and notifies of the end', async () => {
    const response = await fetch(
      `${testbed.portal.baseUrl}/api/mcp-actions/v1`,
      {
        method: 'POST',
        headers: {
          authorization: `Bearer ${token}`,
          accept: 'application/json, text/event-stream',
          'content-type': 'application/json',
        },
        body: JSON.stringify({
          jsonrpc: '2.0',
          id: 1,
          method: 'tools/call',
          params: {
            name: 'stores.delete-store',
            arguments: { id: store.id },
          },
        }),
      },
    );
    expect(await response.text()).toContain('DELETING');
    await asGuest().reaches(store.id, 'DELETED');
    const { payload } = await notified(`Store 'Told of' is deleted`);
    expect(payload.severity).toBe('low');
  });
});
