import { placeOrder } from '@storeyard/store-image';
import { adminSeesOrder } from '../adminSeesOrder';
import { expectAll, expectSame } from '../expectations';
import { openStorefront } from '../openStorefront';
import type { CheckStep } from '../runChecklist';
import type { VerifiedStore } from '../VerifiedStore';

const metricNames = [
  'provisioning_duration_seconds',
  'provisioning_failures_total',
  'stores_created_total',
  'active_stores',
];

/** What a READY store is for, and what it tells of itself. */
export function shopSteps(subject: VerifiedStore): CheckStep[] {
  const { platform } = subject;

  async function publishableKey(): Promise<string> {
    const { data } = await platform.json<{ data: Record<string, string> }>(
      'kubectl',
      ['get', 'secret', 'shop-credentials', '-n', subject.store.namespace],
    );
    return Buffer.from(data.PUBLISHABLE_API_KEY ?? '', 'base64').toString();
  }

  return [
    {
      title: 'the storefront opens',
      async run() {
        const { status, text } = await openStorefront(subject.shop);
        expectSame('the status of the storefront', status, 200);
        expectSame(
          `whether it is the shop '${subject.name}'`,
          text.includes(subject.name),
          true,
        );
        return subject.store.urls.storefront;
      },
    },
    {
      title: 'a shopper places an order',
      async run() {
        const order = await placeOrder({
          ...subject.shop,
          publishableKey: await publishableKey(),
        });
        subject.orderId = order.id;
        return `${order.product}, ${order.total} ${order.currency}`;
      },
    },
    {
      title: "the shop's admin signs in and sees it",
      async run() {
        const { status } = await subject.call(
          'GET',
          `/${subject.store.id}/credentials`,
        );
        // Whoever sees the terminal has the token, and is not to have the shop with it.
        expectSame(
          'the status of the login for the printed token',
          status,
          403,
        );
        return adminSeesOrder(subject);
      },
    },
    {
      title: 'its events tell the story, each once',
      async run() {
        const found = await subject.events();
        const types: string[] = found.map(({ type }) => type);
        expectSame('the first event', types[0], 'requested');
        const once = ['requested', 'namespace-created', 'ready'];
        expectAll('the log', types, [...once, 'applied']);
        for (const type of once) {
          const times = types.filter(each => each === type).length;
          expectSame(`how often '${type}' stands in the log`, times, 1);
        }
        const sequences = found.map(({ sequence }) => sequence);
        expectSame(
          'the order of the log',
          sequences.join(),
          [...new Set(sequences)].sort((a, b) => a - b).join(),
        );
        return `${found.length} events`;
      },
    },
    {
      title: 'metrics are shown under their names',
      async run() {
        const { status, text } = await subject.call('GET', '/metrics');
        expectSame('the status of the metrics', status, 200);
        expectAll('the metrics', typedMetrics(text), metricNames);
        expectSame(
          'whether a READY store is counted',
          /^active_stores\{state="READY"\} [1-9]/m.test(text),
          true,
        );
        await subject.read<object>('/metrics/summary');
        const { metricsUrl } = platform;
        if (metricsUrl === undefined) {
          return 'with credentials';
        }
        const open = await platform.fetch(`${metricsUrl}/metrics`);
        expectSame(`the status of ${metricsUrl}/metrics`, open.status, 200);
        return `${metricsUrl}/metrics`;
      },
    },
  ];
}

function typedMetrics(text: string): string[] {
  return text
    .split('\n')
    .filter(line => line.startsWith('# TYPE '))
    .map(line => line.split(' ')[2] ?? '');
}
