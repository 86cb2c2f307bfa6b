import { adminSeesOrder } from '../adminSeesOrder';
import { eventually, expectAll, expectSame } from '../expectations';
import { openStorefront } from '../openStorefront';
import type { CheckStep } from '../runChecklist';
import type { VerifiedStore } from '../VerifiedStore';

interface ClusterObject {
  kind: string;
  metadata: { name: string; uid: string };
  spec?: { claimRef?: { namespace: string } };
}

interface ClusterObjects {
  items: ClusterObject[];
}

interface Release {
  name: string;
  status: string;
}

const kinds =
  'deployment,statefulset,service,ingress,pvc,resourcequota,limitrange,networkpolicy,secret';

const objects = [
  'Deployment/medusa-api',
  'StatefulSet/postgres',
  'Service/medusa-api',
  'Ingress/medusa-api',
  'PersistentVolumeClaim/data-postgres-0',
  'ResourceQuota/store',
  'LimitRange/store',
  'NetworkPolicy/default-deny',
  'Secret/shop-credentials',
];

/** What a person at kubectl and Helm sees, takes away by hand, and finds gone. */
export function clusterSteps(
  subject: VerifiedStore,
  options: { readySeconds: number },
): CheckStep[] {
  const { platform } = subject;
  const { signal } = platform;

  async function deploymentUid(): Promise<string> {
    const { metadata } = await platform.json<ClusterObject>('kubectl', [
      ...['get', 'deployment', 'medusa-api'],
      ...['-n', subject.store.namespace],
    ]);
    return metadata.uid;
  }

  return [
    {
      title: 'kubectl and Helm show its objects',
      async run() {
        const { id, namespace } = subject.store;
        const { items } = await platform.json<ClusterObjects>('kubectl', [
          ...['get', kinds, '-n', namespace],
        ]);
        expectAll(
          `the namespace '${namespace}'`,
          items.map(({ kind, metadata }) => `${kind}/${metadata.name}`),
          objects,
        );
        // Helm records off the path to READY.
        await eventually(
          { what: 'Helm lists the release', seconds: 90, signal },
          async () => {
            const releases = await platform.json<Release[]>('helm', [
              ...['list', '-n', namespace],
            ]);
            const release = releases.find(({ name }) => name === id);
            expectSame(`the release '${id}'`, release?.status, 'deployed');
          },
        );
        return `${items.length} objects, release ${id}`;
      },
    },
    {
      title: 'what is deleted by hand comes back',
      async run() {
        const before = await deploymentUid();
        const seen = await subject.events();
        await platform.run('kubectl', [
          ...['delete', 'deployment', 'medusa-api'],
          ...['-n', subject.store.namespace],
        ]);
        const gone = Date.now();
        await eventually(
          {
            what: 'the Deployment is back',
            seconds: 30,
            signal,
            everyMilliseconds: 100,
          },
          async () =>
            expectSame(
              'whether it is another',
              (await deploymentUid()) !== before,
              true,
            ),
        );
        const took = ((Date.now() - gone) / 1000).toFixed(1);
        await eventually(
          { what: 'the repair stands in the log', seconds: 30, signal },
          async () => {
            const events = (await subject.events()).slice(seen.length);
            const types: string[] = events.map(({ type }) => type);
            expectAll('what was logged since', types, ['repaired']);
          },
        );
        const { readySeconds: seconds } = options;
        await eventually(
          { what: 'the order is there again', seconds, signal },
          () => adminSeesOrder(subject),
        );
        await subject.reaches('READY', 60);
        return `${took} s after it was gone, with the order`;
      },
    },
    {
      title: 'it is deleted without residue',
      async run() {
        const { id, namespace } = subject.store;
        const { shop } = subject;
        const asked = Date.now();
        const { status } = await subject.call('DELETE', `/${id}`);
        expectSame('the status of the deletion', status, 202);
        await subject.reaches('DELETED', 120);
        const took = ((Date.now() - asked) / 1000).toFixed(1);
        const list = async (kind: string) =>
          (await platform.json<ClusterObjects>('kubectl', ['get', kind])).items;
        expectSame(
          `whether the namespace '${namespace}' is there`,
          (await list('namespaces')).some(
            ({ metadata }) => metadata.name === namespace,
          ),
          false,
        );
        expectSame(
          'the number of its volumes',
          (await list('pv')).filter(
            ({ spec }) => spec?.claimRef?.namespace === namespace,
          ).length,
          0,
        );
        const releases = await platform.json<Release[]>('helm', [
          ...['list', '-A'],
        ]);
        expectSame(
          `whether Helm lists '${id}'`,
          releases.some(({ name }) => name === id),
          false,
        );
        const closed = await openStorefront(shop);
        expectSame('the status of the storefront', closed.status, 404);
        const again = await subject.call('DELETE', `/${id}`);
        expectSame('the status of another deletion', again.status, 200);
        return `gone after ${took} s`;
      },
    },
  ];
}
