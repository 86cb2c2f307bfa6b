import type { JsonObject } from '@backstage/types';
import request from 'supertest';
import {
  startPortal,
  tokens,
  type Person,
  type TestPortal,
} from './__testUtils__/startPortal';

jest.setTimeout(120_000);

describe('actions on stores', () => {
  let portal: TestPortal;
  let signedIn: Record<Person, string>;
  let names = 0;

  beforeAll(async () => {
    portal = await startPortal();
    signedIn = {
      ada: await portal.signIn('ada'),
      bob: await portal.signIn('bob'),
      root: await portal.signIn('root'),
    };
  });

  afterAll(() => portal?.stop());

  function invoke(action: string, input: JsonObject, token?: string) {
    const sent = request(portal.backend.server)
      .post(`/api/stores/.backstage/actions/v1/actions/stores:${action}/invoke`)
      .send(input);
    return token === undefined
      ? sent
      : sent.set('Authorization', `Bearer ${token}`);
  }

  async function createStore(): Promise<{ id: string }> {
    names += 1;
    const { body, status } = await invoke(
      'create-store',
      { name: `Toys ${names}`, owner: 'group:default/toys' },
      signedIn.ada,
    );
    expect([status, body]).toEqual([200, expect.anything()]);
    return body.output;
  }

  it('creates, shows, lists and deletes under the permissions of who calls', async () => {
    const { id } = await createStore();
    const shown = await invoke('get-store', { id }, signedIn.ada);
    expect(shown.body.output).toMatchObject({
      id,
      state: 'REQUESTED',
      owner: 'group:default/toys',
      storefront: expect.stringContaining(id),
    });
    const listed = await invoke('list-stores', { query: id }, signedIn.bob);
    expect(listed.body.output.stores).toHaveLength(1);
    const deleted = await invoke('delete-store', { id }, signedIn.ada);
    expect(deleted.body.output.state).toBe('DELETING');
  });

  it('has a store tried again', async () => {
    const { id } = await createStore();
    const retried = await invoke('retry-store', { id }, signedIn.root);
    expect([retried.status, retried.body.output?.id]).toEqual([200, id]);
  });

  it.each(['delete-store', 'retry-store'])(
    'refuses %s to another owner, and leaves the store as it is',
    async action => {
      const { id } = await createStore();
      const refused = await invoke(action, { id }, signedIn.bob);
      expect(refused.status).toBe(403);
      const shown = await invoke('get-store', { id }, signedIn.bob);
      expect(shown.body.output.state).toBe('REQUESTED');
    },
  );

  it('refuses an owner that the caller is no member of', async () => {
    const refused = await invoke(
      'create-store',
      { name: 'Not mine', owner: 'group:default/books' },
      signedIn.ada,
    );
    expect(refused.status).toBe(403);
  });

  it.each(['list-stores', 'get-store', 'create-store', 'delete-store'])(
    'refuses %s without credentials',
    async action => {
      expect((await invoke(action, { id: 'x' })).status).toBe(401);
    },
  );

  it.each(['get-store', 'delete-store'])(
    'gives a restricted token no way around its restrictions by %s',
    async action => {
      const { id } = await createStore();
      const refused = await invoke(action, { id }, tokens.restricted);
      expect(refused.status).toBe(403);
    },
  );

  it('works for a service', async () => {
    const { id } = await createStore();
    const deleted = await invoke('delete-store', { id }, tokens.service);
    expect(deleted.body).toMatchObject({ output: { state: 'DELETING' } });
  });

  it('names what is wrong with the input', async () => {
    const refused = await invoke('get-store', {}, signedIn.ada);
    expect(refused.status).toBe(400);
  });

  describe('over MCP', () => {
    function call(method: string, params: JsonObject, token: string) {
      return request(portal.backend.server)
        .post('/api/mcp-actions/v1')
        .set('Authorization', `Bearer ${token}`)
        .set('Accept', 'application/json, text/event-stream')
        .send({ jsonrpc: '2.0', id: 1, method, params });
    }

    /** The answer out of a stream of events. */
    function answerIn(text: string) {
      const data = /^data: (.*)$/m.exec(text)?.[1] ?? text;
      return JSON.parse(data);
    }

    it('offers the actions as tools that say what they do to stores', async () => {
      const { text } = await call('tools/list', {}, signedIn.ada);
      const { tools } = answerIn(text).result;
      expect(tools.map(({ name }: { name: string }) => name).sort()).toEqual([
        'stores.create-store',
        'stores.delete-store',
        'stores.get-store',
        'stores.list-stores',
        'stores.retry-store',
      ]);
      const deletion = tools.find(({ name }: { name: string }) =>
        name.endsWith('delete-store'),
      );
      expect(deletion.annotations).toMatchObject({
        destructiveHint: true,
        readOnlyHint: false,
      });
    });

    it('deletes for a member and refuses another owner', async () => {
      const { id } = await createStore();
      const deletion = {
        name: 'stores.delete-store',
        arguments: { id },
      };
      const refused = await call('tools/call', deletion, signedIn.bob);
      expect(refused.text).toContain('stores.store.delete');
      const before = await invoke('get-store', { id }, signedIn.ada);
      expect(before.body.output.state).toBe('REQUESTED');
      await call('tools/call', deletion, signedIn.ada);
      const after = await invoke('get-store', { id }, signedIn.ada);
      expect(after.body.output.state).toBe('DELETING');
    });
  });
});
