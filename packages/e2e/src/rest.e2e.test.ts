import {
  Capacity,
  Store,
  StoreCredentials,
  StoreLogs,
  StoreResources,
} from '@storeyard/backstage-plugin-stores-common';
import {
  createChecklist,
  runChecklist,
  RunningPlatform,
  VerifiedStore,
} from '@storeyard/launcher';
import { findOrder } from '@storeyard/store-image';
import { readShopSecret, shopAddress } from './testbed/shop';
import { signInAsGuest } from './testbed/signInAsGuest';
import { StoresApi } from './testbed/StoresApi';
import { Testbed } from './testbed/Testbed';
import { waitFor } from './testbed/waitFor';

jest.setTimeout(300_000);

describe('the REST API on the native cluster', () => {
  let testbed: Testbed;
  let store: Store;

  beforeAll(async () => {
    testbed = await Testbed.start();
  }, 600_000);

  afterAll(async () => {
    await testbed?.stop();
  }, 180_000);

  async function verify(): Promise<{ code: number; lines: string[] }> {
    const lines: string[] = [];
    const { baseUrl, token } = testbed.portal;
    const { signal } = new AbortController();
    const { cluster } = testbed;
    const platform = RunningPlatform.create({
      baseUrl,
      token,
      cluster,
      signal,
    });
    const subject = VerifiedStore.create({ platform });
    const code = await runChecklist({
      steps: createChecklist({ subject, readySeconds: 120 }),
      print: line => lines.push(line),
      signal,
    });
    await subject.remove();
    return { code, lines };
  }

  /** The API as a member of the owning team, signed in as on the pages. */
  async function asMember(): Promise<StoresApi> {
    const { baseUrl } = testbed.portal;
    const token = await signInAsGuest(testbed);
    return StoresApi.create({ baseUrl, token });
  }

  it('passes all fourteen steps of npm run verify', async () => {
    await waitFor({ what: 'the cluster has told of its nodes' }, async () => {
      const { status } = await testbed.api.request('GET', '/capacity');
      return status === 200;
    });
    const { code, lines } = await verify();
    console.log(lines.join('\n'));
    expect(lines.at(-1)).toBe('all 14 steps are ok');
    expect(code).toBe(0);
  });

  it('wants credentials for everything', async () => {
    for (const path of ['/', '/plans', '/metrics', '/openapi.json']) {
      const { status } = await fetch(
        `${testbed.portal.baseUrl}/api/stores${path}`,
      );
      expect(`${path} ${status}`).toBe(`${path} 401`);
    }
  });

  it("shows an owner's member the first login, which works, and the printed token none", async () => {
    store = await testbed.api.create('Rest Shop');
    await testbed.api.reaches(store.id, 'READY');
    const path = `/${store.id}/credentials`;
    expect((await testbed.api.request('GET', path)).status).toBe(403);
    const member = await asMember();
    const { status, body } = await member.request<StoreCredentials>(
      'GET',
      path,
    );
    expect(status).toBe(200);
    expect(body.url).toBe(store.urls.admin);
    const { baseUrl, host } = shopAddress(testbed, store);
    const secret = await readShopSecret(testbed, store);
    expect(body.password).toBe(
      Buffer.from(secret.data.ADMIN_PASSWORD ?? '', 'base64').toString(),
    );
    expect(
      await findOrder({
        baseUrl,
        host,
        orderId: 'order_none',
        adminEmail: body.email,
        adminPassword: body.password,
      }),
    ).toBeUndefined();
  });

  it('shows what the store consists of, and logs without its secrets', async () => {
    const member = await asMember();
    const { body: resources } = await member.request<StoreResources>(
      'GET',
      `/${store.id}/resources`,
    );
    expect(
      resources.workloads.map(({ kind, name, ready }) => [kind, name, ready]),
    ).toEqual([
      ['StatefulSet', 'postgres', 1],
      ['Deployment', 'medusa-api', 1],
    ]);
    expect(resources.volumes.map(({ name, phase }) => [name, phase])).toEqual([
      ['data-postgres-0', 'Bound'],
      ['uploads', 'Bound'],
    ]);
    expect(resources.quota.map(({ resource }) => resource)).toContain(
      'requests.memory',
    );
    // The shop itself writes its own secret, as a careless plugin would.
    const secret = await readShopSecret(testbed, store);
    const password = Buffer.from(
      secret.data.ADMIN_PASSWORD ?? '',
      'base64',
    ).toString();
    await testbed.admin.run([
      ...['exec', 'deployment/medusa-api', '-n', store.namespace, '--'],
      ...['sh', '-c', 'echo "leaked $ADMIN_PASSWORD" > /proc/1/fd/1'],
    ]);
    await waitFor({ what: 'the line stands in the log' }, async () => {
      const { body } = await member.request<StoreLogs>(
        'GET',
        `/${store.id}/logs?tail=200`,
      );
      expect(JSON.stringify(body)).not.toContain(password);
      return body.lines.includes('leaked ***');
    });
  });

  it('refuses what the cluster has no room for, and says what lacks', async () => {
    const [node] = (
      await testbed.admin.json<{ items: { metadata: { name: string } }[] }>([
        'get',
        'nodes',
      ])
    ).items;
    const name = node?.metadata.name ?? '';
    await testbed.admin.run(['cordon', name]);
    try {
      await waitFor({ what: 'the node is known to be closed' }, async () => {
        const { body } = await testbed.api.request<Capacity>(
          'GET',
          '/capacity',
        );
        return body.nodes.every(({ schedulable }) => !schedulable);
      });
      const { status, body } = await testbed.api.request<{
        error: { message: string };
      }>('POST', '/', { name: 'No Room', engine: 'medusa' });
      expect([status, body.error.message]).toEqual([
        409,
        expect.stringContaining('no node of the cluster takes pods'),
      ]);
    } finally {
      await testbed.admin.run(['uncordon', name]);
    }
  });

  it('keeps a protected store, and lets it go once the protection is off', async () => {
    const member = await asMember();
    const path = `/${store.id}`;
    expect(
      (await member.request('PATCH', path, { protected: true })).status,
    ).toBe(200);
    expect((await member.request('DELETE', path)).status).toBe(409);
    expect(
      (await member.request('PATCH', path, { protected: false })).status,
    ).toBe(200);
    expect((await member.request('DELETE', path)).status).toBe(202);
    await testbed.api.reaches(store.id, 'DELETED');
  });

  it('fails the checklist when the portal is not there', async () => {
    await testbed.killPortal();
    const { code, lines } = await verify();
    expect(code).toBe(1);
    expect(lines[0]).toMatch(/^ 1\/14 failed/);
    expect(lines.at(-1)).toBe('failed at step 1/14');
  });
});
