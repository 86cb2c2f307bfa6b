import { resolve } from 'node:path';
import type { Store } from '@storeyard/backstage-plugin-stores-common';
import { Testbed } from './testbed/Testbed';
import { waitFor } from './testbed/waitFor';

jest.setTimeout(600_000);

const CHART = resolve(__dirname, '../../../charts/medusa-store');

interface Live {
  metadata: { uid: string; deletionTimestamp?: string };
  spec: {
    replicas: number;
    ports: { port: number }[];
    template: {
      metadata: { annotations?: Record<string, string> };
      spec: {
        terminationGracePeriodSeconds: number;
        containers: { image: string; env: { name: string }[] }[];
      };
    };
  };
}

interface HandMade {
  what: string;
  /** The object that is changed. */
  of: [kind: string, name: string];
  act(): Promise<unknown>;
  isRight(live: Live, before: Live): boolean;
  said: RegExp;
}

/** What people do to a store's objects with kubectl and helm, on a real node and under the portal of a user. */
describe('drift on the native cluster', () => {
  let testbed: Testbed | undefined;
  let store: Store;
  const times: string[] = [];
  const running = (): Testbed => {
    if (!testbed) {
      throw new Error('The cluster or the portal did not come up');
    }
    return testbed;
  };

  beforeAll(async () => {
    testbed = await Testbed.start();
    const { api } = running();
    const { id } = await api.create('Drifter');
    store = await api.reaches(id, 'READY');
  }, 600_000);

  afterAll(async () => {
    process.stdout.write(`\nuntil repaired:\n  ${times.join('\n  ')}\n`);
    await testbed?.stop();
  }, 180_000);

  const kubectl = (...args: string[]) =>
    running().admin.run([...args, '-n', store.namespace]);

  async function get([kind, name]: HandMade['of']): Promise<Live | undefined> {
    const { exitCode, stdout } = await running().admin.try([
      ...['get', kind, name, '-n', store.namespace, '-o', 'json'],
    ]);
    return exitCode === 0 ? JSON.parse(stdout) : undefined;
  }

  const repairs = async () =>
    (await running().api.events(store.id)).filter(
      ({ type }) => type === 'repaired',
    );

  async function expectRepair(change: HandMade): Promise<void> {
    const { act, isRight, of, said, what } = change;
    const before = await get(of);
    if (!before) throw new Error(`No ${of.join(' ')} to change`);
    const told = (await repairs()).length;
    await act();
    const done = Date.now();
    await waitFor({ what: `${what} is put right` }, async () => {
      const live = await get(of);
      return live && !live.metadata.deletionTimestamp && isRight(live, before);
    });
    const event = await waitFor({ what: `the event of ${what}` }, async () =>
      (await repairs()).slice(told).find(({ message }) => said.test(message)),
    );
    times.push(`${what}: ${Math.max(0, Date.parse(event.time) - done)} ms`);
  }

  const DEPLOYMENT: HandMade['of'] = ['deployment', 'medusa-api'];
  const SERVICE: HandMade['of'] = ['service', 'medusa-api'];
  const patch = (of: HandMade['of'], change: object, type = 'strategic') =>
    kubectl('patch', ...of, `--type=${type}`, '-p', JSON.stringify(change));
  const pod = (container: object) => ({
    spec: { template: { spec: { containers: [container] } } },
  });

  it('puts right what was deleted, changed and added, and says by whom', async () => {
    const changes: HandMade[] = [
      {
        what: "a Service's port added",
        of: SERVICE,
        act: () =>
          patch(SERVICE, { spec: { ports: [{ name: 'debug', port: 9229 }] } }),
        isRight: ({ spec }) => spec.ports.length === 1,
        said: /spec\.ports\[port=9229,protocol=TCP\] was added by field manager 'kubectl-patch'/,
      },
      {
        what: "a Service's port edited",
        of: SERVICE,
        act: () =>
          patch(
            SERVICE,
            [
              { op: 'replace', path: '/spec/ports/0/port', value: 81 },
            ] as object,
            'json',
          ),
        isRight: ({ spec }) => spec.ports[0]?.port === 80,
        said: /spec\.ports\[port=81,protocol=TCP\] was added by field manager 'kubectl-patch'/,
      },
      {
        what: 'our label taken off a Service',
        of: SERVICE,
        act: () => kubectl('label', ...SERVICE, 'storeyard.dev/store-id-'),
        isRight: live =>
          JSON.stringify(live).includes(
            `"storeyard.dev/store-id":"${store.id}"`,
          ),
        said: /metadata\.labels\['storeyard\.dev\/store-id'\] was removed/,
      },
      {
        what: 'a Service deleted',
        of: SERVICE,
        act: () => kubectl('delete', ...SERVICE),
        isRight: (live, before) => live.metadata.uid !== before.metadata.uid,
        said: /Service 'medusa-api' was deleted/,
      },
      {
        what: 'an Ingress deleted',
        of: ['ingress', 'medusa-api'],
        act: () => kubectl('delete', 'ingress', 'medusa-api'),
        isRight: (live, before) => live.metadata.uid !== before.metadata.uid,
        said: /Ingress 'medusa-api' was deleted/,
      },
      {
        what: 'a network policy deleted',
        of: ['networkpolicy', 'default-deny'],
        act: () => kubectl('delete', 'networkpolicy', 'default-deny'),
        isRight: (live, before) => live.metadata.uid !== before.metadata.uid,
        said: /NetworkPolicy 'default-deny' was deleted/,
      },
      {
        what: 'a sidecar added',
        of: DEPLOYMENT,
        act: () => patch(DEPLOYMENT, pod({ name: 'spy', image: 'spy:1' })),
        isRight: ({ spec }) => spec.template.spec.containers.length === 1,
        said: /containers\[name=spy\] was added by field manager 'kubectl-patch'/,
      },
      {
        what: 'a variable added',
        of: DEPLOYMENT,
        act: () => kubectl('set', 'env', 'deployment/medusa-api', 'DEBUG=1'),
        isRight: ({ spec }) =>
          !spec.template.spec.containers[0]?.env.some(
            ({ name }) => name === 'DEBUG',
          ),
        said: /env\[name=DEBUG\] was added by field manager 'kubectl-set'/,
      },
      {
        what: 'an image changed',
        of: DEPLOYMENT,
        act: () =>
          kubectl('set', 'image', 'deployment/medusa-api', 'medusa=other:1'),
        isRight: ({ spec }) =>
          spec.template.spec.containers[0]?.image !== 'other:1',
        said: /\.image was changed by field manager 'kubectl-set'/,
      },
      {
        what: 'scaled to two',
        of: DEPLOYMENT,
        act: () => kubectl('scale', 'deployment/medusa-api', '--replicas=2'),
        isRight: ({ spec }) => spec.replicas === 1,
        said: /spec\.replicas was changed by field manager 'kubectl'/,
      },
      {
        what: 'a Deployment deleted',
        of: DEPLOYMENT,
        act: () => kubectl('delete', ...DEPLOYMENT),
        isRight: (live, before) => live.metadata.uid !== before.metadata.uid,
        said: /Deployment 'medusa-api' was deleted/,
      },
      {
        what: 'helm upgrade by hand',
        of: DEPLOYMENT,
        act: () =>
          running().admin.helm([
            ...['upgrade', store.id, CHART, '-n', store.namespace],
            ...['--reuse-values', '--force-conflicts'],
            ...['--set', 'medusa.terminationGracePeriodSeconds=77'],
          ]),
        isRight: ({ spec }) =>
          spec.template.spec.terminationGracePeriodSeconds !== 77,
        said: /terminationGracePeriodSeconds was changed by field manager 'helm'/,
      },
      {
        what: 'a Secret deleted (swept)',
        of: ['secret', 'shop-credentials'],
        act: () => kubectl('delete', 'secret', 'shop-credentials'),
        isRight: (live, before) => live.metadata.uid !== before.metadata.uid,
        said: /Secret 'shop-credentials' was deleted/,
      },
    ];
    for (const change of changes) await expectRepair(change);
    const ready = await running().api.reaches(store.id, 'READY');
    expect(ready.readyAt).toBe(store.readyAt);
  });

  it('lets a person restart the shop', async () => {
    const told = (await repairs()).length;
    await kubectl('rollout', 'restart', 'deployment/medusa-api');
    await kubectl('rollout', 'status', 'deployment/medusa-api');
    await running().api.reaches(store.id, 'READY');
    const mark = 'kubectl.kubernetes.io/restartedAt';
    expect(
      (await get(DEPLOYMENT))?.spec.template.metadata.annotations?.[mark],
    ).toBeDefined();
    expect((await repairs()).slice(told)).toEqual([]);
  });
});
