import { screen } from '@testing-library/react';
import axe from 'axe-core';
import { buildCapacity, buildOverview } from '../__testUtils__/overview';
import { renderStores } from '../__testUtils__/renderStores';
import { buildEvent, buildStore } from '../__testUtils__/stores';
import type { StoresApi } from '../api';

const api: Partial<StoresApi> = {
  listStores: async () => ({
    items: [
      buildStore(),
      buildStore({ id: 'broken-x1y2z', name: 'Broken', state: 'FAILED' }),
    ],
  }),
  getStore: async () => buildStore(),
  listEvents: async (_id, { wait } = {}) =>
    wait
      ? new Promise(() => {})
      : { items: [buildEvent({ details: { seconds: 1 } })], cursor: 1 },
  getOverview: async () => buildOverview(),
  getCapacity: async () => buildCapacity(),
};

/** What our part of a page breaks; colours are judged in a browser, which knows them. */
async function findSerious(heading: string): Promise<string[]> {
  const title = await screen.findByRole('heading', { name: heading, level: 2 });
  const root = title.closest('main, #root > *') ?? document.body;
  const { violations } = await axe.run(root, {
    rules: { 'color-contrast': { enabled: false } },
  });
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join()}`);
}

describe('accessibility', () => {
  it.each([
    ['/stores', 'Stores', 'Demo Shop'],
    ['/stores/demo-shop-ab12c', 'Demo Shop', 'What happened'],
    ['/stores/demo-shop-ab12c/delete', 'Delete Demo Shop', /What will be lost/],
    ['/stores/overview', 'Overview', 'Stores by owner'],
  ])('finds nothing serious on %s', async (path, heading, content) => {
    renderStores(path, api);

    await screen.findAllByText(content);
    expect(await findSerious(heading)).toEqual([]);
  });
});
