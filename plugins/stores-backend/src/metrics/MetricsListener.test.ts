import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mockServices } from '@backstage/backend-test-utils';
import { parseMetrics } from './__testUtils__/parseMetrics';
import { MetricsListener } from './MetricsListener';
import { StoreMetrics } from './StoreMetrics';

const metrics = StoreMetrics.create({
  countByState: async () => ({ READY: 3 }),
});

const shown = {
  contentType: metrics.contentType,
  text: () => metrics.text(),
  summary: async () => ({ active_stores: { READY: 3 } }),
};

describe('MetricsListener', () => {
  const listeners: MetricsListener[] = [];

  function create(listen: string, options: Partial<typeof shown> = {}) {
    const logger = mockServices.logger.mock();
    const listener = MetricsListener.create({
      listen,
      metrics: { ...shown, ...options },
      logger,
    });
    listeners.push(listener);
    return { listener, logger };
  }

  afterEach(async () => {
    await Promise.all(listeners.splice(0).map(each => each.stop()));
  });

  it('shows text and summary to whoever asks', async () => {
    const address = await create('127.0.0.1:0').listener.start();
    const text = await fetch(`${address}/metrics`);
    expect(text.status).toBe(200);
    expect(text.headers.get('content-type')).toMatch(/^text\/plain; version=/);
    expect(
      parseMetrics(await text.text()).get('active_stores{state="READY"}'),
    ).toBe(3);
    const summary = await fetch(`${address}/metrics/summary`);
    expect(summary.headers.get('content-type')).toBe('application/json');
    expect(await summary.json()).toEqual({ active_stores: { READY: 3 } });
  });

  it.each([
    ['GET', '/', 404],
    ['GET', '/metrics/other', 404],
    ['POST', '/metrics', 405],
    ['DELETE', '/metrics/summary', 405],
  ])('answers %s %s with %d', async (method, path, status) => {
    const address = await create('127.0.0.1:0').listener.start();
    expect((await fetch(`${address}${path}`, { method })).status).toBe(status);
  });

  it('says when the metrics can not be read, and goes on', async () => {
    const text = jest
      .fn(shown.text)
      .mockRejectedValueOnce(new Error('the database is away'));
    const { listener, logger } = create('127.0.0.1:0', { text });
    const address = await listener.start();
    const refused = await fetch(`${address}/metrics`);
    expect(refused.status).toBe(503);
    expect(await refused.text()).not.toContain('database');
    expect(logger.error).toHaveBeenCalled();
    expect((await fetch(`${address}/metrics`)).status).toBe(200);
  });

  it('says that another program has the port, and lets the stores go on', async () => {
    const other = createServer();
    await new Promise<void>(resolve => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as AddressInfo;
    const { listener, logger } = create(`127.0.0.1:${port}`);
    expect(await listener.start()).toBeUndefined();
    expect(logger.error).toHaveBeenCalledWith(
      expect.stringMatching(
        /'stores.metrics.listen' is '127.0.0.1:\d+'.*another program has the port/,
      ),
    );
    await listener.stop();
    await new Promise(resolve => other.close(resolve));
  });

  it.each(['3001', 'localhost', '127.0.0.1:70000', 'a b:1', '::1:3001'])(
    'refuses the address %j',
    listen => {
      expect(() => create(listen)).toThrow(
        `'stores.metrics.listen' is '${listen}', expected host:port`,
      );
    },
  );

  it('takes an IPv6 address in brackets', () => {
    expect(() => create('[::1]:0')).not.toThrow();
  });
});
