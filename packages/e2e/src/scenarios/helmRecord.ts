import { Testbed } from '../testbed/Testbed';
import { waitFor } from '../testbed/waitFor';
import { TwoStores } from './TwoStores';

/** The release that Helm records afterwards serves a person at the command line. */
export function helmRecord(testbed: () => Testbed, stores: TwoStores): void {
  it('shows the release in `helm list -A`', async () => {
    await waitFor({ what: 'both releases are recorded' }, async () => {
      const releases = JSON.parse(
        await testbed().admin.helm(['list', '-A', '-o', 'json']),
      ) as Array<{ name: string; namespace: string; status: string }>;
      return [stores.first, stores.second].every(store =>
        releases.some(
          release =>
            release.name === store.id &&
            release.namespace === store.namespace &&
            release.status === 'deployed',
        ),
      );
    });
  });

  it('has its manifest, values and history, and no secret in them', async () => {
    const release = [stores.first.id, '-n', stores.first.namespace];
    const all = await testbed().admin.helm(['get', 'all', ...release]);
    expect(all).toContain('name: medusa-api');
    const credentials = await testbed().admin.json<{
      data: Record<string, string>;
    }>(['get', 'secret', 'shop-credentials', '-n', stores.first.namespace]);
    for (const [name, value] of Object.entries(credentials.data)) {
      const plain = Buffer.from(value, 'base64').toString();
      expect(`${name}: ${all.includes(plain) || all.includes(value)}`).toBe(
        `${name}: false`,
      );
    }
    expect(await testbed().admin.helm(['history', ...release])).toMatch(
      /deployed/,
    );
  });

  it('passes `helm test`', async () => {
    const output = await testbed().admin.helm([
      'test',
      stores.first.id,
      '-n',
      stores.first.namespace,
      '--timeout',
      '2m',
    ]);
    expect(output).toContain('Succeeded');
  });
}
