import { act, screen } from '@testing-library/react';
import { renderStores } from '../__testUtils__/renderStores';
import { buildEvent, buildStore } from '../__testUtils__/stores';
import type { StoresApi } from '../api';

jest.useFakeTimers();

const quarterHour = 15 * 60_000;

/** An API that counts as the backend does: long polls that come back empty are free. */
function counting() {
  let count = 0;
  const api: Partial<StoresApi> = {
    listStores: async () => {
      count += 1;
      return { items: [buildStore()] };
    },
    getStore: async () => {
      count += 1;
      return buildStore();
    },
    getResources: async () => {
      count += 1;
      return { workloads: [], volumes: [], quota: [] };
    },
    getCluster: async () => {
      count += 1;
      return { reachable: true };
    },
    listEvents: async (_id, { after = 0, wait = 0 } = {}) => {
      if (!wait) {
        count += 1;
        return { items: [buildEvent()], cursor: 1 };
      }
      await new Promise(resolve => {
        setTimeout(resolve, wait * 1_000);
      });
      return { items: [], cursor: after };
    },
  };
  return { api, count: () => count };
}

describe('open pages', () => {
  it('ask less than 40 times in a quarter of an hour, a list and a store together', async () => {
    let total = 0;
    for (const path of ['/stores', '/stores/demo-shop-ab12c']) {
      const { api, count } = counting();
      const { unmount } = renderStores(path, api);
      await act(() => jest.advanceTimersByTimeAsync(5_000));
      expect(await screen.findByText(/Open for business/)).toBeInTheDocument();
      await act(() => jest.advanceTimersByTimeAsync(quarterHour));
      expect(count()).toBeGreaterThan(5);
      total += count();
      unmount();
    }
    expect(total).toBeLessThan(40);
  });
});
