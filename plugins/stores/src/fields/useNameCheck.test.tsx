import type { ReactNode } from 'react';
import { act, renderHook } from '@testing-library/react';
import { TestApiProvider } from '@backstage/frontend-test-utils';
import { fakeStores } from '../__testUtils__/fakeStores';
import { storesApiRef } from '../api';
import { useNameCheck } from './useNameCheck';

jest.useFakeTimers();

describe('useNameCheck', () => {
  it('asks once when nobody types any more, and not for what breaks a rule', async () => {
    const checkName = jest.fn(async (name: string) => ({
      name,
      available: true,
    }));
    const api = fakeStores({ checkName });
    const { result, rerender } = renderHook(useNameCheck, {
      initialProps: '',
      wrapper: ({ children }: { children: ReactNode }) => (
        <TestApiProvider apis={[[storesApiRef, api]]}>
          {children}
        </TestApiProvider>
      ),
    });
    expect(result.current).toEqual({ status: 'none' });

    for (const name of ['T', 'To', 'Toys']) {
      rerender(name);
      expect(result.current).toEqual({ status: 'checking' });
      await act(() => jest.advanceTimersByTimeAsync(200));
    }
    expect(checkName).not.toHaveBeenCalled();

    await act(() => jest.advanceTimersByTimeAsync(200));
    expect(checkName.mock.calls.map(([name]) => name)).toEqual(['Toys']);
    expect(result.current).toMatchObject({
      status: 'checked',
      check: { name: 'Toys' },
    });

    rerender('??');
    await act(() => jest.advanceTimersByTimeAsync(1_000));
    expect(result.current).toMatchObject({ status: 'broken' });
    expect(checkName).toHaveBeenCalledTimes(1);
  });
});
