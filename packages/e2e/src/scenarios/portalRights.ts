import { Testbed } from '../testbed/Testbed';
import { TwoStores } from './TwoStores';

/** The portal never is the cluster's admin, locally neither. */
export function portalRights(testbed: () => Testbed, stores: TwoStores): void {
  it('can not read a Secret in kube-system', async () => {
    const own = await testbed().portalAccount.try([
      'get',
      'secrets',
      '-n',
      stores.first.namespace,
    ]);
    expect(own.exitCode).toBe(0);
    const foreign = await testbed().portalAccount.try([
      'get',
      'secrets',
      '-n',
      'kube-system',
    ]);
    expect(foreign.exitCode).not.toBe(0);
    expect(foreign.stderr).toContain('forbidden');
  });

  it('can not bind a role in kube-system', async () => {
    const binding = await testbed().portalAccount.try([
      'create',
      'rolebinding',
      'escape',
      '-n',
      'kube-system',
      '--clusterrole=storeyard-store-worker',
      '--serviceaccount=platform:platform-api',
    ]);
    expect(binding.exitCode).not.toBe(0);
    expect(binding.stderr).toMatch(/storeyard|forbidden|denied/);
  });

  it('can not make a namespace that is no store', async () => {
    const namespace = await testbed().portalAccount.try([
      'create',
      'namespace',
      'elsewhere',
    ]);
    expect(namespace.exitCode).not.toBe(0);
  });
}
