import { randomUUID } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import type {
  Capacity,
  ClusterStatus,
  NameCheck,
  Store,
  StoreEvent,
  StoreEventPage,
  StorePage,
  StorePlanList,
} from '@storeyard/backstage-plugin-stores-common';
import { findOrder, placeOrder } from '@storeyard/store-image';
import { readFirstLogin } from '../start/readFirstLogin';
import { eventually, expectAll, expectSame } from './expectations';
import type { CheckStep } from './runChecklist';
import type { RunningPlatform } from './RunningPlatform';

/** Options of {@link createChecklist}. */
export interface ChecklistOptions {
  platform: RunningPlatform;
  /** How long a store may take to become READY. */
  readySeconds: number;
}

/** The steps, and what tidies up behind them when one has failed. */
export interface Checklist {
  steps: CheckStep[];
  /** Asks for the end of the store that the steps have made; resolves to its id when it was still there. */
  cleanUp(): Promise<string | undefined>;
}

interface KubernetesList {
  items: Array<{
    kind: string;
    metadata: { name: string; uid: string };
    spec?: { claimRef?: { namespace: string } };
  }>;
}

const api = '/api/stores';

const metricNames = [
  'provisioning_duration_seconds',
  'provisioning_failures_total',
  'stores_created_total',
  'active_stores',
];

/** From an empty request to a store that is gone again, each step as a person would try it. */
export function createChecklist(options: ChecklistOptions): Checklist {
  const { platform, readySeconds } = options;
  const { signal } = platform;
  const name = `Verify ${randomUUID().slice(0, 8)}`;
  const key = randomUUID();
  let made: Store | undefined;
  let orderId: string | undefined;

  const store = (): Store => {
    if (made === undefined) {
      throw new Error('no store was made');
    }
    return made;
  };

  async function read<T>(path: string): Promise<T> {
    const answer = await platform.request('GET', `${api}${path}`);
    expectSame(`the status of GET ${path}`, answer.status, 200);
    return JSON.parse(answer.text) as T;
  }

  const create = () =>
    platform.request('POST', `${api}/`, {
      body: { name, engine: 'medusa' },
      headers: { 'idempotency-key': key },
    });

  async function events(): Promise<StoreEvent[]> {
    const found: StoreEvent[] = [];
    for (let after = 0; ; ) {
      const page = await read<StoreEventPage>(
        `/${store().id}/events?after=${after}&limit=100`,
      );
      if (page.items.length === 0) {
        return found;
      }
      found.push(...page.items);
      after = page.cursor;
    }
  }

  const shop = () => ({
    baseUrl: platform.ingress,
    host: new URL(store().urls.storefront).host,
    signal,
  });

  async function publishableKey(): Promise<string> {
    const secret = await platform.json<{ data: Record<string, string> }>(
      'kubectl',
      ['get', 'secret', 'shop-credentials', '-n', store().namespace],
    );
    return Buffer.from(
      secret.data.PUBLISHABLE_API_KEY ?? '',
      'base64',
    ).toString();
  }

  async function adminSeesOrder(): Promise<string> {
    const login = await readFirstLogin({
      store: store(),
      environment: await platform.environment(),
    });
    if (login === undefined || orderId === undefined) {
      throw new Error(`the shop has no ${login ? 'order' : 'first login'}`);
    }
    const order = await findOrder({
      ...shop(),
      orderId,
      adminEmail: login.email,
      adminPassword: login.password,
    });
    expectSame('the order that the admin sees', order?.id, orderId);
    return login.email;
  }

  async function reaches(state: Store['state'], seconds: number) {
    return eventually(
      { what: `'${store().id}' is ${state}`, seconds, signal },
      async () => {
        const found = await read<Store>(`/${store().id}`);
        expectSame(
          `the state${found.message ? ` (${found.message})` : ''}`,
          found.state,
          state,
        );
        return found;
      },
    );
  }

  const uidOf = async (kind: string, object: string): Promise<string> =>
    (
      await platform.json<KubernetesList['items'][0]>('kubectl', [
        'get',
        kind,
        object,
        '-n',
        store().namespace,
      ])
    ).metadata.uid;

  const steps: CheckStep[] = [
    {
      title: 'portal and cluster answer',
      async run() {
        const { status } = await platform.request(
          'GET',
          '/.backstage/health/v1/readiness',
        );
        expectSame('the status of the readiness check', status, 200);
        const cluster = await read<ClusterStatus>('/cluster');
        expectSame(
          `whether the cluster can be worked with (${cluster.message ?? ''})`,
          cluster.reachable,
          true,
        );
        return `Kubernetes ${cluster.version}`;
      },
    },
    {
      title: 'plans are offered, and there is room',
      async run() {
        const { items } = await read<StorePlanList>('/plans');
        const fallback = items.filter(plan => plan.default);
        expectSame('the number of default plans', fallback.length, 1);
        const capacity = await read<Capacity>('/capacity');
        const fits = capacity.plans.find(
          ({ plan }) => plan === fallback[0]?.name,
        )?.fits;
        if (!fits) {
          throw new Error(
            `the cluster has room for ${fits} stores of the plan '${fallback[0]?.name}', expected at least one`,
          );
        }
        const check = await read<NameCheck>(
          `/names/${encodeURIComponent(name)}`,
        );
        expectSame('whether the name is free', check.available, true);
        return `${items.map(plan => plan.name).join(', ')}; ${fits} fit`;
      },
    },
    {
      title: 'a store is requested',
      async run() {
        const answer = await create();
        expectSame(`the status (${answer.text})`, answer.status, 201);
        const created = JSON.parse(answer.text) as Store;
        made = created;
        expectSame('the state', created.state, 'REQUESTED');
        expectSame(
          'the Location',
          answer.headers.get('location'),
          `${api}/${created.id}`,
        );
        const again = await create();
        expectSame('the status of the same again', again.status, 200);
        expectSame(
          'the store of the same again',
          (JSON.parse(again.text) as Store).id,
          created.id,
        );
        return created.id;
      },
    },
    {
      title: 'its name is taken, and a bad request is refused',
      async run() {
        const taken = await platform.request('POST', `${api}/`, {
          body: { name: name.toUpperCase(), engine: 'medusa' },
        });
        expectSame('the status of the same name', taken.status, 409);
        expectSame(
          'whether the answer names the store',
          taken.text.includes(store().id),
          true,
        );
        const bad = await platform.request('POST', `${api}/`, {
          body: { name: '', engine: 'medusa', size: 1 },
        });
        expectSame('the status of a bad request', bad.status, 400);
        expectSame(
          'whether the answer names the fields',
          /name: .*size: |size: .*name: /.test(bad.text),
          true,
        );
        return undefined;
      },
    },
    {
      title: 'it is listed',
      async run() {
        const page = await read<StorePage>(
          `/?q=${encodeURIComponent(name)}&limit=5`,
        );
        expectSame(
          'the list for its name',
          page.items.map(({ id }) => id).join(),
          store().id,
        );
        return undefined;
      },
    },
    {
      title: 'it becomes READY',
      async run() {
        made = await reaches('READY', readySeconds);
        expectAll(
          'the conditions that are True',
          made.conditions
            .filter(({ status }) => status === 'True')
            .map(({ type }) => type),
          ['NamespaceReady', 'Applied', 'Reachable'],
        );
        const seconds =
          (Date.parse(made.readyAt ?? '') - Date.parse(made.createdAt)) / 1000;
        return `READY after ${seconds.toFixed(1)} s`;
      },
    },
    {
      title: 'the storefront opens',
      async run() {
        const { status, text } = await openStorefront(shop());
        expectSame('the status of the storefront', status, 200);
        expectSame(
          'whether it is the shop of this name',
          text.includes(name),
          true,
        );
        return store().urls.storefront;
      },
    },
    {
      title: 'a shopper places an order',
      async run() {
        const order = await placeOrder({
          ...shop(),
          publishableKey: await publishableKey(),
        });
        orderId = order.id;
        return `${order.product}, ${order.total} ${order.currency}`;
      },
    },
    {
      title: "the shop's admin signs in and sees it",
      async run() {
        const refused = await platform.request(
          'GET',
          `${api}/${store().id}/credentials`,
        );
        expectSame(
          'the status of the login for the token of `npm start`',
          refused.status,
          403,
        );
        return adminSeesOrder();
      },
    },
    {
      title: 'its events tell the story, each once',
      async run() {
        const found = await events();
        const types = found.map(({ type }) => type);
        expectSame('the first event', types[0], 'requested');
        expectAll('the events', types, [
          'namespace-created',
          'applied',
          'ready',
        ]);
        for (const once of ['requested', 'namespace-created', 'ready']) {
          expectSame(
            `how often '${once}' stands in the log`,
            types.filter(type => type === once).length,
            1,
          );
        }
        expectSame(
          'whether the sequences rise',
          found.every(
            ({ sequence }, index) =>
              index === 0 || sequence > (found[index - 1]?.sequence ?? 0),
          ),
          true,
        );
        return `${found.length} events`;
      },
    },
    {
      title: 'metrics are shown under their names',
      async run() {
        const { status, text } = await platform.request(
          'GET',
          `${api}/metrics`,
        );
        expectSame('the status of the metrics', status, 200);
        expectAll(
          'the metrics',
          text
            .split('\n')
            .filter(line => line.startsWith('# TYPE'))
            .map(line => line.split(' ')[2] ?? ''),
          metricNames,
        );
        expectSame(
          'whether a READY store is counted',
          /^active_stores\{state="READY"\} [1-9]/m.test(text),
          true,
        );
        await read<object>('/metrics/summary');
        const { metricsUrl } = platform;
        if (metricsUrl === undefined) {
          return 'no listener of their own';
        }
        const open = await platform.fetch(`${metricsUrl}/metrics`);
        expectSame(`the status of ${metricsUrl}/metrics`, open.status, 200);
        return `${metricsUrl}/metrics`;
      },
    },
    {
      title: 'kubectl and Helm show its objects',
      async run() {
        const { namespace, id } = store();
        const { items } = await platform.json<KubernetesList>('kubectl', [
          'get',
          'deployment,statefulset,service,ingress,pvc,resourcequota,limitrange,networkpolicy,secret',
          '-n',
          namespace,
        ]);
        expectAll(
          `the namespace '${namespace}'`,
          items.map(({ kind, metadata }) => `${kind}/${metadata.name}`),
          [
            'Deployment/medusa-api',
            'StatefulSet/postgres',
            'Service/medusa-api',
            'Ingress/medusa-api',
            'PersistentVolumeClaim/data-postgres-0',
            'ResourceQuota/store',
            'LimitRange/store',
            'NetworkPolicy/default-deny',
            'Secret/shop-credentials',
          ],
        );
        // Helm records off the path to READY.
        await eventually(
          { what: 'Helm lists the release', seconds: 90, signal },
          async () => {
            const releases = await platform.json<
              { name: string; status: string }[]
            >('helm', ['list', '-n', namespace]);
            expectSame(
              `the status of the release '${id}'`,
              releases.find(release => release.name === id)?.status,
              'deployed',
            );
          },
        );
        return `${items.length} objects, release ${id}`;
      },
    },
    {
      title: 'what is deleted by hand comes back, with the data',
      async run() {
        const { namespace } = store();
        const before = await uidOf('deployment', 'medusa-api');
        const seen = await events();
        await platform.run('kubectl', [
          'delete',
          'deployment',
          'medusa-api',
          '-n',
          namespace,
        ]);
        const gone = Date.now();
        await eventually(
          {
            what: 'the Deployment is back',
            seconds: 30,
            signal,
            everyMilliseconds: 100,
          },
          async () => {
            const now = await uidOf('deployment', 'medusa-api');
            expectSame('whether it is another', now !== before, true);
          },
        );
        const seconds = (Date.now() - gone) / 1000;
        await eventually(
          { what: 'the repair stands in the log', seconds: 30, signal },
          async () => {
            const types = (await events())
              .slice(seen.length)
              .map(({ type }) => type as string);
            expectAll('the new events', types, ['repaired']);
          },
        );
        await eventually(
          { what: 'the order is there again', seconds: readySeconds, signal },
          adminSeesOrder,
        );
        await reaches('READY', 60);
        return `back ${seconds.toFixed(1)} s after it was gone`;
      },
    },
    {
      title: 'it is deleted without residue',
      async run() {
        const { id, namespace } = store();
        const { status } = await platform.request('DELETE', `${api}/${id}`);
        expectSame('the status of the deletion', status, 202);
        const deleted = await reaches('DELETED', 120);
        const namespaces = await platform.json<KubernetesList>('kubectl', [
          'get',
          'namespaces',
        ]);
        expectSame(
          `whether the namespace '${namespace}' is there`,
          namespaces.items.some(({ metadata }) => metadata.name === namespace),
          false,
        );
        const volumes = await platform.json<KubernetesList>('kubectl', [
          'get',
          'pv',
        ]);
        expectSame(
          'the number of its volumes',
          volumes.items.filter(
            ({ spec }) => spec?.claimRef?.namespace === namespace,
          ).length,
          0,
        );
        const releases = await platform.json<{ name: string }[]>('helm', [
          'list',
          '-A',
          '-a',
        ]);
        expectSame(
          `whether Helm lists '${id}'`,
          releases.some(release => release.name === id),
          false,
        );
        const closed = await openStorefront(shop());
        expectSame('the status of the storefront', closed.status, 404);
        const again = await platform.request('DELETE', `${api}/${id}`);
        expectSame('the status of another deletion', again.status, 200);
        const asked = (await events()).find(
          ({ type }) => type === 'deletion-requested',
        );
        made = undefined;
        const seconds =
          (Date.parse(deleted.deletedAt ?? '') -
            Date.parse(asked?.time ?? '')) /
          1000;
        return `gone after ${seconds.toFixed(1)} s`;
      },
    },
  ];

  return {
    steps,
    async cleanUp() {
      if (made === undefined) {
        return undefined;
      }
      await platform.request('DELETE', `${api}/${made.id}`);
      return made.id;
    },
  };
}

interface ShopPage {
  status: number;
  text: string;
}

/** `fetch` can't set the `Host` header, which the ingress routes by. */
async function openStorefront(shop: {
  baseUrl: string;
  host: string;
  signal: AbortSignal;
}): Promise<ShopPage> {
  return new Promise((resolve, reject) => {
    const sent = httpRequest(
      shop.baseUrl,
      {
        agent: false,
        headers: { host: shop.host },
        signal: shop.signal,
        timeout: 30_000,
      },
      response => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', chunk => {
          text += chunk;
        });
        response.on('error', reject);
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, text }),
        );
      },
    );
    sent.on('timeout', () => sent.destroy(new Error('no answer in time')));
    sent.on('error', reject);
    sent.end();
  });
}
