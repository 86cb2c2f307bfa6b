import { renderHook } from '@testing-library/react';
import { useStayWhile } from './useStayWhile';

describe('useStayWhile', () => {
  const router = jest.fn();
  const confirm = jest.spyOn(window, 'confirm');
  const go = jest.spyOn(window.history, 'go').mockReturnValue();

  beforeEach(() => {
    jest.clearAllMocks();
    window.history.replaceState({ idx: 4 }, '');
    window.addEventListener('popstate', router);
  });

  afterEach(() => window.removeEventListener('popstate', router));

  function goBack() {
    window.dispatchEvent(new PopStateEvent('popstate', { state: { idx: 2 } }));
  }

  it('comes back from where the browser went, unless one wants to leave', () => {
    confirm.mockReturnValue(false);
    renderHook(() => useStayWhile(true, 'Leave?'));

    goBack();
    expect(confirm).toHaveBeenCalledWith('Leave?');
    expect(go).toHaveBeenCalledWith(2);
    // Arriving here again is nothing to ask about.
    window.dispatchEvent(new PopStateEvent('popstate', { state: { idx: 4 } }));
    expect(confirm).toHaveBeenCalledTimes(1);
    expect(router).not.toHaveBeenCalled();

    confirm.mockReturnValue(true);
    goBack();
    expect(router).toHaveBeenCalledTimes(1);
  });

  it('lets one go as soon as nothing is busy', () => {
    const { rerender } = renderHook(
      ({ isBusy }) => useStayWhile(isBusy, 'Leave?'),
      { initialProps: { isBusy: true } },
    );
    rerender({ isBusy: false });

    goBack();
    expect(confirm).not.toHaveBeenCalled();
    expect(router).toHaveBeenCalledTimes(1);
  });
});
