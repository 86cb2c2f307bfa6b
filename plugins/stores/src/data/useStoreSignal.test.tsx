import { act, render, screen } from '@testing-library/react';
import { identityApiRef } from '@backstage/frontend-plugin-api';
import { mockApis, TestApiProvider } from '@backstage/frontend-test-utils';
import { signalApiRef, type SignalApi } from '@backstage/plugin-signals-react';
import type { JsonObject } from '@backstage/types';
import { fakeStores } from '../__testUtils__/fakeStores';
import { buildStore } from '../__testUtils__/stores';
import { storesApiRef } from '../api';
import { useStore } from './useStore';

jest.useFakeTimers();

const Shown = () => <output>{useStore('demo-shop-ab12c').value?.state}</output>;

describe('useStoreSignal', () => {
  it('has a store read again when the backend tells that it has changed, and that one only', async () => {
    let tell: (message: JsonObject) => void = () => {};
    const signals: SignalApi = {
      subscribe: (channel, onMessage) => {
        expect(channel).toBe('stores');
        tell = message => onMessage(message as Parameters<typeof onMessage>[0]);
        return { unsubscribe: () => {} };
      },
    };
    const getStore = jest.fn(async () => buildStore());
    render(
      <TestApiProvider
        apis={[
          [storesApiRef, fakeStores({ getStore })],
          [identityApiRef, mockApis.identity()],
          [signalApiRef, signals],
        ]}
      >
        <Shown />
      </TestApiProvider>,
    );
    await act(() => jest.advanceTimersByTimeAsync(3_000));
    expect(screen.getByText('READY')).toBeInTheDocument();

    await act(async () => tell({ storeId: 'another-1a2b3', sequence: 7 }));
    await act(() => jest.advanceTimersByTimeAsync(5_000));
    expect(getStore).toHaveBeenCalledTimes(1);

    await act(async () => tell({ storeId: 'demo-shop-ab12c', sequence: 8 }));
    await act(() => jest.advanceTimersByTimeAsync(5_000));
    expect(getStore).toHaveBeenCalledTimes(2);
  });
});
