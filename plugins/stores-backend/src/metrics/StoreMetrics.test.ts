import type {
  StoreEvent,
  StoreEventType,
} from '@storeyard/backstage-plugin-stores-common';
import { StoreMetrics } from './StoreMetrics';
import { parseMetrics } from './__testUtils__/parseMetrics';

let sequence = 0;

function event(
  type: StoreEventType,
  details?: StoreEvent['details'],
): StoreEvent {
  sequence += 1;
  return {
    sequence,
    storeId: `toys-${sequence}`,
    type,
    time: '2026-11-24T12:00:00.000Z',
    message: type,
    details,
  };
}

describe('StoreMetrics', () => {
  let metrics: StoreMetrics;

  beforeEach(() => {
    metrics = StoreMetrics.create({
      countByState: async () => ({ READY: 2, FAILED: 1, DELETED: 40 }),
    });
  });

  const scrape = async () => parseMetrics(await metrics.text());

  it('counts what was committed', async () => {
    metrics.committed([
      event('requested'),
      event('requested'),
      event('failed', { reason: 'ImagePullFailed' }),
      event('ready', { sinceRequestSeconds: 6.2 }),
      // Not the first time: it says nothing of how long a store takes.
      event('ready', { provisioningSeconds: 3 }),
    ]);
    const samples = await scrape();
    expect(samples.get('stores_created_total')).toBe(2);
    expect(
      samples.get('provisioning_failures_total{reason="ImagePullFailed"}'),
    ).toBe(1);
    expect(samples.get('provisioning_duration_seconds_count')).toBe(1);
    expect(samples.get('provisioning_duration_seconds_sum')).toBe(6.2);
    expect(samples.get('provisioning_duration_seconds_bucket{le="5"}')).toBe(0);
    expect(samples.get('provisioning_duration_seconds_bucket{le="7.5"}')).toBe(
      1,
    );
  });

  it('shows failures of every reason from the start, so that the first one is a change', async () => {
    const samples = await scrape();
    for (const reason of ['DataLost', 'Timeout', 'Unschedulable']) {
      expect(
        samples.get(`provisioning_failures_total{reason="${reason}"}`),
      ).toBe(0);
    }
  });

  it('shows the active stores of every state out of the database', async () => {
    const active = [...(await scrape())].filter(([name]) =>
      name.startsWith('active_stores'),
    );
    expect(Object.fromEntries(active)).toEqual({
      'active_stores{state="REQUESTED"}': 0,
      'active_stores{state="PROVISIONING"}': 0,
      'active_stores{state="READY"}': 2,
      'active_stores{state="DEGRADED"}': 0,
      'active_stores{state="FAILED"}': 1,
      'active_stores{state="DELETING"}': 0,
    });
  });

  it("shows the loop's work", async () => {
    let age: number | undefined = undefined;
    metrics.queueDepth('reconcile', () => ({ request: 3, drift: 0 }));
    metrics.watchAge('Pod', () => age);
    metrics.reconciled({ outcome: 'settled', seconds: 0.2 });
    metrics.repaired(2);
    metrics.committed([event('rendered')]);
    metrics.leaseTakenOver();
    let samples = await scrape();
    expect(
      samples.get(
        'storeyard_queue_depth{queue="reconcile",priority="request"}',
      ),
    ).toBe(3);
    expect(
      samples.get(
        'storeyard_reconcile_duration_seconds_count{outcome="settled"}',
      ),
    ).toBe(1);
    expect(samples.get('storeyard_drift_repairs_total')).toBe(2);
    expect(samples.get('storeyard_chart_renders_total')).toBe(1);
    expect(samples.get('storeyard_lease_takeovers_total')).toBe(1);
    expect(samples.has('storeyard_watch_age_seconds{kind="Pod"}')).toBe(false);
    age = 4;
    samples = await scrape();
    expect(samples.get('storeyard_watch_age_seconds{kind="Pod"}')).toBe(4);
  });

  it('has as many series with a thousand stores as with none', async () => {
    const before = (await scrape()).size;
    for (let count = 0; count < 1000; count += 1) {
      metrics.committed([
        event('requested'),
        event('failed', { reason: 'Timeout' }),
        event('ready', { sinceRequestSeconds: count }),
      ]);
    }
    expect((await scrape()).size).toBe(before);
  });
});
