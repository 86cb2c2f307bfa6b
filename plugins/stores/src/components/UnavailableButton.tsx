import { useId, useRef, useState } from 'react';
import styles from './UnavailableButton.module.css';

/** From the window's edge, in pixels. */
const margin = 8;

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
  // It ends where the button ends, which may be near the window's left edge.
  const keepInWindow = () => {
    const left = tooltip.current?.getBoundingClientRect().left ?? margin;
    setShift(last => Math.max(0, margin - (left - last)));
  };
  return (
    <span
      className={styles.root}
      onFocus={keepInWindow}
      onMouseEnter={keepInWindow}
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
