import type { StoreEvent } from '@storeyard/backstage-plugin-stores-common';
import type { KubernetesObject, ObjectReference } from '../cluster';
import { Portal } from './__testUtils__/Portal';
import { readyStatus } from './__testUtils__/StandInNode';
import { TestCluster } from './__testUtils__/TestCluster';
import { waitFor as waitForAtMost } from './__testUtils__/waitFor';
import type { Orchestrator } from './Orchestrator';

jest.setTimeout(240_000);

/** Generous; each of these takes a second or two, what is swept some ten. */
const waitFor: typeof waitForAtMost = (look, describeIt, timeoutMs = 40_000) =>
  waitForAtMost(look, describeIt, timeoutMs);

interface LiveContainer {
  name: string;
  image: string;
  env: { name: string }[];
}

/** An object as the tests look at it: each has some of these fields. */
type Live = KubernetesObject & {
  spec: {
    hard: Record<string, string>;
    paused?: boolean;
    ports: { port: number }[];
    replicas: number;
    rules: { host: string }[];
    template: {
      metadata: { annotations: Record<string, string> };
      spec: {
        containers: [LiveContainer, ...LiveContainer[]];
        terminationGracePeriodSeconds?: number;
      };
    };
  };
  data?: Record<string, string>;
};

describe('drift', () => {
  let cluster: TestCluster;
  let portal: Portal;
  let orchestrator: Orchestrator;
  let id: string;
  let namespace: string;
  const times: string[] = [];

  beforeAll(async () => {
    cluster = await TestCluster.start();
    cluster.node.behaviour = readyStatus;
    portal = await Portal.create(cluster);
    orchestrator = await portal.orchestrate({ resyncSeconds: 20 });
    ({ id, namespace } = await portal.request({ name: 'Drifting' }));
    orchestrator.enqueue(id);
    await portal.untilEvent(id, 'release-recorded');
  });

  afterAll(async () => {
    process.stdout.write(`\nuntil repaired:\n  ${times.join('\n  ')}\n`);
    await portal?.stopAll();
    await cluster?.stop();
  });

  const object = (kind: string, name: string): ObjectReference => ({
    apiVersion:
      {
        Deployment: 'apps/v1',
        StatefulSet: 'apps/v1',
        Ingress: 'networking.k8s.io/v1',
        NetworkPolicy: 'networking.k8s.io/v1',
        RoleBinding: 'rbac.authorization.k8s.io/v1',
      }[kind] ?? 'v1',
    kind,
    metadata: { name, namespace },
  });
  const get = (reference: ObjectReference) =>
    cluster.admin.get<Live>(reference);

  async function events(type: string): Promise<StoreEvent[]> {
    const { items } = await portal.database.events.read({
      storeId: id,
      after: 0,
      limit: 1000,
    });
    return items.filter(event => event.type === type);
  }

  /** Does something to the store, waits until it is undone and told, and notes how long the undoing took. */
  async function expectRepair(options: {
    what: string;
    reference: ObjectReference;
    act(): Promise<unknown>;
    isRight(live: Live): boolean;
    said: RegExp;
    timeoutMs?: number;
  }): Promise<void> {
    const { act, isRight, reference, said, timeoutMs, what } = options;
    const before = (await events('repaired')).length;
    await act();
    const begun = performance.now();
    await waitFor(
      async () => {
        const live = await get(reference);
        return live && !live.metadata.deletionTimestamp && isRight(live);
      },
      async () => ({
        live: await get(reference),
        events: await portal.eventTypes(id),
      }),
      timeoutMs,
    );
    times.push(`${what}: ${Math.round(performance.now() - begun)} ms`);
    await waitFor(
      async () =>
        (await events('repaired'))
          .slice(before)
          .some(({ message }) => said.test(message)),
      async () => await events('repaired'),
      30_000,
    );
  }

  const deployment = () => object('Deployment', 'medusa-api');
  const service = () => object('Service', 'medusa-api');
  const containers = (live: Live) => live.spec.template.spec.containers;

  it('makes deleted objects again', async () => {
    const recreate = async (reference: ObjectReference) => {
      const uid = (await get(reference))?.metadata.uid;
      expect(uid).toBeDefined();
      const { kind, metadata } = reference;
      await expectRepair({
        what: `${kind} '${metadata.name}' deleted`,
        reference,
        act: () => cluster.admin.delete(reference),
        isRight: live => live.metadata.uid !== uid,
        said: new RegExp(`${kind} '${metadata.name}' was deleted`),
      });
    };
    await recreate(deployment());
    await recreate(object('StatefulSet', 'postgres'));
    await recreate(service());
    await recreate(object('Ingress', 'medusa-api'));
    await recreate(object('NetworkPolicy', 'default-deny'));
    await recreate(object('ResourceQuota', 'store'));
    await recreate(object('ServiceAccount', 'store'));
    await recreate(object('RoleBinding', 'storeyard-store-worker'));
  });

  it('takes away what was added, and puts back what was changed, and says who it was', async () => {
    await expectRepair({
      what: "a Service's port added",
      reference: service(),
      act: () =>
        cluster.edit(
          service(),
          { spec: { ports: [{ name: 'debug', port: 9229 }] } },
          { type: 'strategic-merge' },
        ),
      isRight: live => live.spec.ports.length === 1,
      said: /Service 'medusa-api': spec\.ports\[port=9229,protocol=TCP\] was added by field manager 'kubectl-edit'/,
    });
    await expectRepair({
      what: "a Service's port edited",
      reference: service(),
      act: () =>
        cluster.edit(
          service(),
          [{ op: 'replace', path: '/spec/ports/0/port', value: 81 }],
          { type: 'json' },
        ),
      isRight: live =>
        live.spec.ports.length === 1 && live.spec.ports[0]?.port === 80,
      said: /spec\.ports\[port=81,protocol=TCP\] was added by field manager 'kubectl-edit'/,
    });
    await expectRepair({
      what: 'a sidecar added',
      reference: deployment(),
      act: () =>
        cluster.edit(
          deployment(),
          {
            spec: {
              template: {
                spec: { containers: [{ name: 'spy', image: 'spy:1' }] },
              },
            },
          },
          { type: 'strategic-merge', manager: 'injector' },
        ),
      isRight: live => containers(live).length === 1,
      said: /containers\[name=spy\] was added by field manager 'injector'/,
    });
    await expectRepair({
      what: 'a variable added',
      reference: deployment(),
      act: () =>
        cluster.edit(
          deployment(),
          {
            spec: {
              template: {
                spec: {
                  containers: [
                    {
                      name: 'medusa',
                      env: [{ name: 'DEBUG', value: 'hidden' }],
                    },
                  ],
                },
              },
            },
          },
          { type: 'strategic-merge' },
        ),
      isRight: live =>
        !containers(live)[0].env.some(({ name }) => name === 'DEBUG'),
      said: /env\[name=DEBUG\] was added by field manager 'kubectl-edit'/,
    });
    expect(JSON.stringify(await events('repaired'))).not.toContain('hidden');
    await expectRepair({
      what: 'an image changed',
      reference: deployment(),
      act: () =>
        cluster.edit(
          deployment(),
          {
            spec: {
              template: {
                spec: { containers: [{ name: 'medusa', image: 'other:1' }] },
              },
            },
          },
          { type: 'strategic-merge', manager: 'kubectl-set' },
        ),
      isRight: live => containers(live)[0].image !== 'other:1',
      said: /containers\[name=medusa\]\.image was changed by field manager 'kubectl-set'/,
    });
    await expectRepair({
      what: 'scaled to nothing',
      reference: deployment(),
      act: () =>
        cluster.edit(
          deployment(),
          { spec: { replicas: 0 } },
          { subresource: 'scale', manager: 'kubectl' },
        ),
      isRight: live => live.spec.replicas === 1,
      // The API server takes a scale of nothing for no field, which nobody holds.
      said: /spec\.replicas was changed, by whom the API server does not say/,
    });
    const takeLabelOff = (reference: ObjectReference) =>
      expectRepair({
        what: `our label taken off a ${reference.kind}`,
        reference,
        act: () =>
          cluster.edit(reference, {
            metadata: { labels: { 'storeyard.dev/store-id': null } },
          }),
        isRight: live =>
          live.metadata.labels?.['storeyard.dev/store-id'] === id,
        said: /metadata\.labels\['storeyard\.dev\/store-id'\] was removed/,
      });
    await takeLabelOff(deployment());
    await takeLabelOff(service());
    await takeLabelOff(object('PersistentVolumeClaim', 'uploads'));
    await expectRepair({
      what: "an Ingress' host edited",
      reference: object('Ingress', 'medusa-api'),
      act: () =>
        cluster.edit(
          object('Ingress', 'medusa-api'),
          [
            {
              op: 'replace',
              path: '/spec/rules/0/host',
              value: 'evil.example.org',
            },
          ],
          { type: 'json' },
        ),
      isRight: live => live.spec.rules[0]?.host === `${id}.localhost`,
      said: /Ingress 'medusa-api': spec\.rules was changed by field manager 'kubectl-edit'/,
    });
    await expectRepair({
      what: 'a quota raised',
      reference: object('ResourceQuota', 'store'),
      act: () =>
        cluster.edit(object('ResourceQuota', 'store'), {
          spec: { hard: { pods: '100' } },
        }),
      isRight: live => live.spec.hard.pods !== '100',
      said: /spec\.hard\.pods was changed by field manager 'kubectl-edit'/,
    });
  });

  it('leaves alone what others write by right, and asks the API server for nothing', async () => {
    const repaired = (await events('repaired')).length;
    await cluster.edit(
      deployment(),
      {
        metadata: { labels: { team: 'a' }, annotations: { note: 'b' } },
        spec: {
          template: {
            metadata: {
              annotations: { 'kubectl.kubernetes.io/restartedAt': 'now' },
            },
          },
        },
      },
      { manager: 'kubectl-rollout' },
    );
    await cluster.edit(
      object('Ingress', 'medusa-api'),
      { status: { loadBalancer: { ingress: [{ ip: '10.0.0.1' }] } } },
      { subresource: 'status', manager: 'traefik' },
    );
    const since = new Date();
    // One more change, which is drift: once it is undone, those before it were judged as well.
    await cluster.edit(service(), {
      metadata: { labels: { 'storeyard.dev/store-id': null } },
    });
    await waitFor(
      async () => (await events('repaired')).length > repaired,
      () => portal.eventTypes(id),
    );
    const live = await get(deployment());
    expect(live?.metadata.labels?.team).toBe('a');
    expect(live?.metadata.annotations?.note).toBe('b');
    expect(
      live?.spec.template.metadata.annotations[
        'kubectl.kubernetes.io/restartedAt'
      ],
    ).toBe('now');
    expect((await get(object('Ingress', 'medusa-api')))?.status).toEqual({
      loadBalancer: { ingress: [{ ip: '10.0.0.1' }] },
    });
    expect((await events('repaired')).slice(repaired)).toHaveLength(1);
    const written = (await cluster.requestsOf(namespace)).filter(
      ({ at, verb }) => at > since && !['get', 'list', 'watch'].includes(verb),
    );
    expect(written.map(({ resource }) => resource)).toEqual(['services']);
  });

  it('brings Secrets back with the same bytes', async () => {
    const secret = object('Secret', 'shop-credentials');
    const before = await get(secret);
    await expectRepair({
      what: 'a Secret deleted (swept)',
      reference: secret,
      act: () => cluster.admin.delete(secret),
      isRight: live => live.metadata.uid !== before?.metadata.uid,
      said: /Secret 'shop-credentials' was deleted/,
    });
    expect((await get(secret))?.data).toEqual(before?.data);
    await expectRepair({
      what: 'a Secret changed (swept)',
      reference: secret,
      act: () =>
        cluster.edit(secret, {
          data: { JWT_SECRET: 'b3RoZXI=', extra: 'eA==' },
        }),
      isRight: live => live.data?.JWT_SECRET === before?.data?.JWT_SECRET,
      said: /data\.JWT_SECRET was changed by field manager 'kubectl-edit'/,
    });
    await waitFor(
      async () => !(await get(secret))?.data?.extra,
      () => get(secret),
    );
    expect((await get(secret))?.data).toEqual(before?.data);
    expect(JSON.stringify(await events('repaired'))).not.toContain('b3RoZXI=');
  });

  const revision = async () => {
    const [latest] = JSON.parse(
      await cluster.helm(
        'history',
        id,
        '-n',
        namespace,
        '-o',
        'json',
        '--max=1',
      ),
    );
    return latest as { revision: number; status: string };
  };

  it('puts right what helm upgrade, rollback and uninstall do by hand', async () => {
    const first = await revision();
    await expectRepair({
      what: 'helm upgrade by hand',
      reference: deployment(),
      act: () =>
        cluster.helm(
          ...['upgrade', id, cluster.chart, '-n', namespace],
          ...[
            '--reuse-values',
            '--set',
            'medusa.terminationGracePeriodSeconds=77',
          ],
          '--force-conflicts',
        ),
      isRight: live =>
        live.spec.template.spec.terminationGracePeriodSeconds !== 77,
      said: /terminationGracePeriodSeconds was changed by field manager 'helm'/,
    });
    const other = async () =>
      JSON.parse(
        await cluster.helm('get', 'values', id, '-n', namespace, '-o', 'json'),
      ).medusa?.terminationGracePeriodSeconds;
    await waitFor(
      async () => (await other()) === undefined,
      async () => ({ values: await other(), events: await events('repaired') }),
    );
    expect((await revision()).revision).toBeGreaterThan(first.revision + 1);
    // To the revision by hand: its objects drift, its record isn't ours.
    await expectRepair({
      what: 'helm rollback by hand',
      reference: deployment(),
      act: () =>
        cluster.helm(
          ...['rollback', id, String(first.revision + 1), '-n', namespace],
          '--force-conflicts',
        ),
      isRight: live =>
        live.spec.template.spec.terminationGracePeriodSeconds !== 77,
      said: /terminationGracePeriodSeconds was changed by field manager 'helm'/,
    });
    await waitFor(async () => (await other()) === undefined, other);
    const uid = (await get(deployment()))?.metadata.uid;
    const claim = (await get(object('PersistentVolumeClaim', 'uploads')))
      ?.metadata.uid;
    await expectRepair({
      what: 'helm uninstall by hand',
      reference: deployment(),
      act: () => cluster.helm('uninstall', id, '-n', namespace),
      isRight: live => live.metadata.uid !== uid,
      said: /Deployment 'medusa-api' was deleted/,
    });
    await waitFor(
      async () =>
        (
          await cluster.helm('list', '-n', namespace, '-o', 'json')
        ).includes('"deployed"'),
      () => cluster.helm('list', '-n', namespace, '-o', 'json'),
    );
    expect(
      (await get(object('PersistentVolumeClaim', 'uploads')))?.metadata.uid,
    ).toBe(claim);
    expect((await portal.get(id)).state).not.toBe('FAILED');
  });

  it('writes the record anew that a killed Helm left behind, but not one of a Helm at work', async () => {
    const { revision: before } = await revision();
    const pending = object('Secret', `sh.helm.release.v1.${id}.v${before + 1}`);
    const leave = async (minutesAgo: number) =>
      await cluster.admin.create({
        ...pending,
        type: 'helm.sh/release.v1',
        metadata: {
          ...pending.metadata,
          labels: {
            owner: 'helm',
            name: id,
            status: 'pending-upgrade',
            version: String(before + 1),
            createdAt: String(Math.floor(Date.now() / 1000) - minutesAgo * 60),
          },
        },
        data: { release: '' },
      });
    await leave(1);
    const seen = (await cluster.requestsOf(namespace)).length;
    await waitFor(
      async () =>
        (await cluster.requestsOf(namespace))
          .slice(seen)
          .some(
            ({ verb, resource }) => verb === 'list' && resource === 'secrets',
          ),
      () => cluster.requestsOf(namespace),
    );
    expect(await get(pending)).toBeDefined();
    await cluster.admin.delete(pending);
    await leave(11);
    await waitFor(
      async () => (await revision()).status === 'deployed',
      revision,
    );
    await waitFor(
      async () =>
        (
          await events('repaired')
        ).some(({ message }) => /left 'pending-upgrade'/.test(message)),
      () => events('repaired'),
    );
  });

  it('lets an autoscaler have its way after three repairs, and names it', async () => {
    const scale = (replicas: number) =>
      cluster.edit(
        deployment(),
        { spec: { replicas } },
        { subresource: 'scale', manager: 'autoscaler' },
      );
    for (let fight = 0; fight < 2; fight += 1) {
      await scale(2);
      await waitFor(
        async () => (await get(deployment()))?.spec.replicas === 1,
        () => get(deployment()),
      );
    }
    // Scaled by hand once before: that was the first of three.
    const record = await portal.until(id, ({ conditions }) =>
      conditions.some(
        ({ type, status }) => type === 'Drifted' && status === 'True',
      ),
    );
    expect(
      record.conditions.find(({ type }) => type === 'Drifted')?.message,
    ).toContain("'autoscaler'");
    const repaired = (await events('repaired')).length;
    await scale(2);
    await cluster.edit(service(), {
      metadata: { labels: { 'storeyard.dev/store-id': null } },
    });
    await waitFor(
      async () => (await events('repaired')).length > repaired,
      () => events('repaired'),
    );
    expect((await get(deployment()))?.spec.replicas).toBe(2);
    await scale(1);
  });

  it('only reports what it finds in a paused store', async () => {
    await portal.stores.requestPause({
      id,
      actor: 'user:default/ada',
      until: new Date(Date.now() + 600_000),
      reason: 'by hand',
    });
    orchestrator.enqueue(id);
    const found = (await events('drift-found')).length;
    await cluster.edit(deployment(), { spec: { paused: true } });
    await waitFor(
      async () =>
        (await events('drift-found'))
          .slice(found)
          .some(({ message }) => /spec\.paused was added/.test(message)),
      () => events('drift-found'),
    );
    expect((await get(deployment()))?.spec.paused).toBe(true);
    await portal.stores.requestResume({ id, actor: 'user:default/ada' });
    orchestrator.enqueue(id);
    await waitFor(
      async () => !(await get(deployment()))?.spec.paused,
      () => get(deployment()),
    );
    await portal.until(id, ({ conditions }) =>
      conditions.every(
        ({ type, status }) => type !== 'Drifted' || status === 'False',
      ),
    );
  });
});
