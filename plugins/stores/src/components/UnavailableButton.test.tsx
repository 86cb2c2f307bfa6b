import { fireEvent, render, screen } from '@testing-library/react';
import { UnavailableButton } from './UnavailableButton';

describe('UnavailableButton', () => {
  it('keeps what it tells within the window, however often it is told', () => {
    render(<UnavailableButton label="Retry" reason="Nothing to retry." />);
    const tooltip = screen.getByRole('tooltip');
    const left = -100;
    tooltip.getBoundingClientRect = () =>
      ({ left: left + parseFloat(tooltip.style.translate) } as DOMRect);

    fireEvent.focus(screen.getByRole('button', { name: 'Retry' }));
    expect(tooltip).toHaveStyle({ translate: '108px' });
    fireEvent.mouseEnter(screen.getByRole('button', { name: 'Retry' }));
    expect(tooltip).toHaveStyle({ translate: '108px' });
  });

  it("keeps it clear of the portal's own part of the page", () => {
    render(
      <div data-storeyard="page" data-testid="page">
        <UnavailableButton label="Retry" reason="Nothing to retry." />
      </div>,
    );
    screen.getByTestId('page').getBoundingClientRect = () =>
      ({ left: 224 } as DOMRect);
    const tooltip = screen.getByRole('tooltip');
    tooltip.getBoundingClientRect = () => ({ left: 100 } as DOMRect);

    fireEvent.focus(screen.getByRole('button', { name: 'Retry' }));
    expect(tooltip).toHaveStyle({ translate: '132px' });
  });

  it('leaves it where it is where there is room', () => {
    render(<UnavailableButton label="Retry" reason="Nothing to retry." />);
    const tooltip = screen.getByRole('tooltip');
    tooltip.getBoundingClientRect = () => ({ left: 300 } as DOMRect);

    fireEvent.focus(screen.getByRole('button', { name: 'Retry' }));
    expect(tooltip).toHaveStyle({ translate: '0px' });
  });
});
