/* eslint jest/expect-expect: ["warn", { "assertFunctionNames": ["expect", "allowed", "refused"] }] */
import { ChartTestbed, storeNamespace } from './testbed/ChartTestbed';

jest.setTimeout(60_000);

describe("the portal's account", () => {
  let testbed: ChartTestbed;
  const asPortal = (args: string[], input?: string) =>
    testbed.portal.try(args, input);
  const asAdmin = (args: string[], input?: string) =>
    testbed.admin.run(args, input);

  async function allowed(args: string[], input?: string): Promise<string> {
    const { exitCode, stderr, stdout } = await asPortal(args, input);
    expect({ args, exitCode, stderr }).toEqual(
      expect.objectContaining({ args, exitCode: 0 }),
    );
    return stdout;
  }

  async function refused(
    why: RegExp | string,
    args: string[],
    input?: string,
  ): Promise<void> {
    const { exitCode, stderr } = await asPortal(args, input);
    expect(stderr).toMatch(why);
    expect(exitCode).not.toBe(0);
  }

  const configMap = (options: {
    name: string;
    namespace: string;
    generation?: string;
    uid?: string;
  }) =>
    JSON.stringify({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: {
        name: options.name,
        namespace: options.namespace,
        ...(options.uid && { uid: options.uid }),
        ...(options.generation && {
          annotations: { 'storeyard.dev/generation': options.generation },
        }),
      },
      data: { generation: options.generation ?? 'none' },
    });
  const apply = ['apply', '--server-side', '--field-manager=helm', '-f', '-'];

  beforeAll(async () => {
    testbed = await ChartTestbed.start();
  }, 180_000);

  afterAll(async () => {
    await testbed?.stop();
  });

  describe('with namespaces', () => {
    it.each([
      [
        'one that is no store',
        'only namespaces store-\\*',
        storeNamespace('probe-storeyard', 'probe'),
      ],
      [
        'a store without its label',
        'keeps the label',
        storeNamespace('store-x', 'x', { 'storeyard.dev/store-id': undefined }),
      ],
      [
        'a store without Pod Security',
        'Pod Security restricted',
        storeNamespace('store-x', 'x', {
          'pod-security.kubernetes.io/enforce': undefined,
        }),
      ],
      [
        'a store with Pod Security baseline',
        'Pod Security restricted',
        storeNamespace('store-x', 'x', {
          'pod-security.kubernetes.io/enforce': 'baseline',
        }),
      ],
      [
        'a store with the Pod Security of an old version',
        'Pod Security restricted',
        storeNamespace('store-x', 'x', {
          'pod-security.kubernetes.io/enforce-version': 'v1.18',
        }),
      ],
    ])('can not make %s, dry or not', async (_, why, namespace) => {
      await refused(
        new RegExp(`denied.*${why}`),
        ['create', '--dry-run=server', '-f', '-'],
        namespace,
      );
      await refused(new RegExp(why), ['create', '-f', '-'], namespace);
    });

    it('makes and deletes a store', async () => {
      await allowed(
        ['create', '-f', '-'],
        storeNamespace('store-made', 'made'),
      );
      await allowed(['delete', 'namespace', 'store-made', '--wait=false']);
    });

    it('can not open the Pod Security of a store, and closes what an admin opened', async () => {
      await allowed(
        ['create', '-f', '-'],
        storeNamespace('store-opened', 'opened'),
      );
      const label = (level: string) => [
        'label',
        'namespace',
        'store-opened',
        '--overwrite',
        `pod-security.kubernetes.io/enforce=${level}`,
      ];
      await refused('Pod Security restricted', label('privileged'));
      await asAdmin(label('privileged'));
      await allowed(label('restricted'));
    });

    it('can not give a store another id, nor take its label off', async () => {
      await allowed(
        ['create', '-f', '-'],
        storeNamespace('store-named', 'named'),
      );
      const label = ['label', 'namespace', 'store-named', '--overwrite'];
      await refused("store's id does not change", [
        ...label,
        'storeyard.dev/store-id=other',
      ]);
      await refused('keeps the label', [...label, 'storeyard.dev/store-id-']);
    });

    it('can not touch namespaces of others', async () => {
      await asAdmin(['create', 'namespace', 'somebody']);
      await asAdmin(['create', 'namespace', 'store-of-somebody']);
      for (const name of ['kube-system', 'somebody', 'store-of-somebody']) {
        await refused(/denied.*storeyard/, [
          'label',
          'namespace',
          name,
          'storeyard.dev/store-id=mine',
          'pod-security.kubernetes.io/enforce=restricted',
        ]);
      }
      for (const name of ['somebody', 'store-of-somebody']) {
        await refused("not a store's namespace", ['delete', 'namespace', name]);
      }
    });
  });

  describe('with role bindings', () => {
    const bind = (namespace: string, ...args: string[]) => [
      'create',
      'rolebinding',
      'try',
      `--namespace=${namespace}`,
      ...args,
    ];
    const ownRole = '--clusterrole=storeyard-store-worker';
    const itself = '--serviceaccount=platform:platform-api';

    beforeAll(async () => {
      await allowed(
        ['create', '-f', '-'],
        storeNamespace('store-bound', 'bound'),
      );
    });

    it('binds the one role to itself in a store, and by that reads its Secrets', async () => {
      const secrets = ['get', 'secrets', '--namespace=store-bound'];
      await refused('forbidden', secrets);
      await allowed(bind('store-bound', ownRole, itself));
      const end = performance.now() + 50_000;
      while ((await asPortal(secrets)).exitCode !== 0) {
        expect(performance.now()).toBeLessThan(end);
      }
      await allowed([
        'delete',
        'rolebinding',
        'try',
        '--namespace=store-bound',
      ]);
    });

    it('can not bind in kube-system, nor read Secrets there', async () => {
      await refused(
        "only in stores' namespaces",
        bind('kube-system', ownRole, itself),
      );
      await refused('forbidden', ['get', 'secrets', '--namespace=kube-system']);
      await refused('forbidden', ['get', 'secrets', '--all-namespaces']);
    });

    it('can not bind a role with more rights than it has', async () => {
      await refused(
        'attempting to grant RBAC permissions',
        bind('store-bound', '--clusterrole=cluster-admin', itself),
      );
    });

    it.each(['clusterrole', 'role'])(
      'can not bind another %s, not even one with rights that it has',
      async kind => {
        await asAdmin([
          'create',
          kind,
          'harmless',
          '--verb=get',
          '--resource=pods',
          ...(kind === 'role' ? ['--namespace=store-bound'] : []),
        ]);
        await refused(
          'only the role storeyard-store-worker',
          bind('store-bound', `--${kind}=harmless`, itself),
        );
      },
    );

    it.each([
      ['another account', ['--serviceaccount=default:default']],
      ['itself and another', [itself, '--serviceaccount=default:default']],
      ['everybody', ['--group=system:authenticated']],
      ['nobody', []],
    ])('can not bind its role to %s', async (_, subjects) => {
      await refused(
        'only to platform/platform-api',
        bind('store-bound', ownRole, ...subjects),
      );
    });

    it('can not take away a role binding of somebody else', async () => {
      await asAdmin([
        'create',
        'rolebinding',
        'of-an-admin',
        '--namespace=store-bound',
        '--clusterrole=view',
        '--user=somebody',
      ]);
      await refused('only the role storeyard-store-worker', [
        'delete',
        'rolebinding',
        'of-an-admin',
        '--namespace=store-bound',
      ]);
    });

    it('can not bind across the cluster, nor change its own rights', async () => {
      await refused('forbidden', [
        'create',
        'clusterrolebinding',
        'try',
        ownRole,
        itself,
      ]);
      await refused('forbidden', [
        'patch',
        'clusterrole',
        'storeyard-store-worker',
        '--type=merge',
        '--patch={"rules":[]}',
      ]);
      await refused('forbidden', [
        'delete',
        'validatingadmissionpolicybinding',
        'storeyard-namespaces',
      ]);
    });
  });

  describe('with objects of a store', () => {
    const namespace = 'store-guarded';
    const uidOf = async (name: string) =>
      (
        await asAdmin([
          'get',
          'configmap',
          name,
          `--namespace=${namespace}`,
          '-o',
          'jsonpath={.metadata.uid}',
        ])
      ).trim();

    beforeAll(async () => {
      await testbed.createStoreNamespace('guarded');
    });

    it('puts no older generation over a newer one', async () => {
      const at = (generation?: string) =>
        configMap({ name: 'guarded', namespace, generation });
      await allowed(apply, at('3'));
      await allowed(apply, at('4'));
      await allowed(apply, at('10'));
      await refused('an older generation', apply, at('9'));
      await refused('an older generation', apply, at());
      await allowed(apply, at('10'));
      expect(
        await asAdmin([
          'get',
          'configmap',
          'guarded',
          `--namespace=${namespace}`,
          '-o',
          'jsonpath={.data.generation}',
        ]),
      ).toBe('10');
    });

    it('brings nothing back to life that is gone, when it says which one it means', async () => {
      const gone = {
        name: 'gone',
        namespace,
        generation: '1',
        uid: '5a5d7c7e-0000-4000-8000-000000000000',
      };
      await refused(/[Cc]onflict|uid mismatch/, apply, configMap(gone));
      await refused('not found', [
        'get',
        'configmap',
        'gone',
        `--namespace=${namespace}`,
      ]);
      await allowed(apply, configMap({ ...gone, uid: undefined }));
      await allowed(apply, configMap({ ...gone, uid: await uidOf('gone') }));
    });

    it('deletes only the one that it means', async () => {
      await allowed(
        apply,
        configMap({ name: 'meant', namespace, generation: '1' }),
      );
      const path = `/api/v1/namespaces/${namespace}/configmaps/meant`;
      const deletion = (uid: string) =>
        JSON.stringify({
          apiVersion: 'v1',
          kind: 'DeleteOptions',
          preconditions: { uid },
        });
      await refused(
        /[Cc]onflict|Precondition failed/,
        ['delete', '--raw', path, '-f', '-'],
        deletion('5a5d7c7e-0000-4000-8000-000000000000'),
      );
      const uid = await uidOf('meant');
      await allowed(['delete', '--raw', path, '-f', '-'], deletion(uid));
    });
  });

  it('has just the rights of the table in docs/security.md', async () => {
    const can = async (verb: string, resource: string, namespace: string) => {
      const [name = '', subresource] = resource.split(':');
      const { stdout } = await asPortal([
        'auth',
        'can-i',
        verb,
        name,
        ...(subresource ? [`--subresource=${subresource}`] : []),
        `--namespace=${namespace}`,
      ]);
      return stdout.trim();
    };
    for (const resource of [
      'pods',
      'services',
      'serviceaccounts',
      'persistentvolumeclaims',
      'resourcequotas',
      'limitranges',
      'deployments.apps',
      'statefulsets.apps',
      'ingresses.networking.k8s.io',
      'networkpolicies.networking.k8s.io',
    ]) {
      expect([resource, await can('watch', resource, 'default')]).toEqual([
        resource,
        'yes',
      ]);
      expect([resource, await can('patch', resource, 'default')]).toEqual([
        resource,
        'no',
      ]);
    }
    for (const resource of [
      'secrets',
      'configmaps',
      'pods:log',
      'pods:exec',
      'events',
      'serviceaccounts:token',
      'roles.rbac.authorization.k8s.io',
    ]) {
      for (const verb of ['get', 'create']) {
        expect([verb, resource, await can(verb, resource, 'default')]).toEqual([
          verb,
          resource,
          'no',
        ]);
      }
    }
    expect(await can('get', 'deployments.apps/platform-api', 'platform')).toBe(
      'yes',
    );
    expect(await can('get', 'secrets', 'platform')).toBe('no');
  });
});
