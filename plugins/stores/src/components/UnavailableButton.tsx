import { useId, useRef, useState } from 'react';
import styles from './UnavailableButton.module.css';

const margin = 8;

/** Where our part of the page begins, left of which the portal's own is; of the window in a dialog. */
function leftEdge(element: Element): number {
  const root = element.closest('[data-storeyard]');
  return root?.getBoundingClientRect().left ?? 0;
}

/**
 * A button for what can't be done now. Unlike a disabled one it can be focused,
 * and tells why on hover and on focus.
 */
export const UnavailableButton = ({
  label,
  reason,
  tellsAbove = false,
}: {
  label: string;
  reason: string;
  /** Where there is no room below, as at the foot of a dialog. */
  tellsAbove?: boolean;
}) => {
  const id = useId();
  const tooltip = useRef<HTMLSpanElement>(null);
  const [shift, setShift] = useState(0);
  // It ends where the button ends, which may be near the left edge.
  const keepInSight = () => {
    const { current } = tooltip;
    if (current) {
      const { left } = current.getBoundingClientRect();
      const edge = leftEdge(current) + margin;
      setShift(last => Math.max(0, edge - (left - last)));
    }
  };
  return (
    <span
      className={styles.root}
      onFocus={keepInSight}
      onMouseEnter={keepInSight}
    >
      <button
        type="button"
        aria-disabled="true"
        aria-describedby={id}
        className={styles.button}
      >
        {label}
      </button>
      <span
        role="tooltip"
        id={id}
        ref={tooltip}
        className={styles.tooltip}
        data-above={tellsAbove}
        style={{ translate: `${shift}px` }}
      >
        {reason}
      </span>
    </span>
  );
};
