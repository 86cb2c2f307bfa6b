import { Testbed } from '../testbed/Testbed';
import { namespaceIsGone } from '../testbed/namespaceIsGone';
import { buy } from '../testbed/shop';
import { waitFor } from '../testbed/waitFor';

/** SIGKILL to the portal in mid-provisioning and in mid-deletion. */
export function crash(testbed: () => Testbed): void {
  it('goes on after kill -9 during provisioning and again during deletion', async () => {
    const created = await testbed().api.create('Crash Shop');
    await waitFor(
      { what: 'the namespace is there', interval: 50 },
      async () =>
        (
          await testbed().admin.try(['get', 'namespace', created.namespace])
        ).exitCode === 0,
    );
    await testbed().killPortal();
    await testbed().restartPortal();
    const ready = await testbed().api.reaches(created.id, 'READY');
    await buy(testbed(), ready);
    const types = (await testbed().api.events(created.id)).map(e => e.type);
    expect(types.filter(type => type === 'ready')).toHaveLength(1);
    expect(types.filter(type => type === 'namespace-created')).toHaveLength(1);
    expect(types).not.toContain('failed');

    const accepted = await testbed().api.request('DELETE', `/${created.id}`);
    expect(accepted.status).toBe(202);
    await testbed().killPortal();
    await testbed().restartPortal();
    await testbed().api.reaches(created.id, 'DELETED');
    expect(await namespaceIsGone(testbed(), created.namespace)).toBe(true);
    const after = (await testbed().api.events(created.id)).map(e => e.type);
    expect(after.filter(type => type === 'deleted')).toHaveLength(1);
  });
}
