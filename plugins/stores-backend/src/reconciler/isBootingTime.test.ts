import type { StoreBootQueue } from '../database/StoreBootQueue';
import { createRecord } from './__testUtils__/records';
import { isBootingTime } from './isBootingTime';

function repository(options: { readyAt?: Date; queue: StoreBootQueue }) {
  return {
    get: async () => createRecord({ state: 'READY', readyAt: options.readyAt }),
    bootQueue: async () => options.queue,
  };
}

describe('isBootingTime', () => {
  const now = new Date();
  const longAgo = new Date(now.getTime() - 6 * 60_000);

  it.each([
    ['nobody boots', now, { booting: [], waiting: [] }, false],
    ['a store boots', now, { booting: ['b'], waiting: [] }, true],
    ['a store waits to boot', now, { booting: [], waiting: ['c'] }, true],
    [
      'a record has waited long',
      longAgo,
      { booting: ['b'], waiting: [] },
      false,
    ],
    [
      'a store boots that never was READY',
      undefined,
      { booting: ['a'], waiting: [] },
      false,
    ],
  ])('is answered while %s', async (_, readyAt, queue, expected) => {
    await expect(
      isBootingTime(repository({ readyAt, queue }), 'a'),
    ).resolves.toBe(expected);
  });

  it('is not kept waiting for a store that is gone', async () => {
    const found = repository({ queue: { booting: ['b'], waiting: [] } });
    await expect(
      isBootingTime({ ...found, get: async () => undefined }, 'a'),
    ).resolves.toBe(false);
  });
});
