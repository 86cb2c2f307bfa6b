import { useId } from 'react';
import styles from './UnavailableButton.module.css';

/**
 * A button for what can't be done now. Unlike a disabled one it can be focused,
 * and tells why on hover and on focus.
 */
export const UnavailableButton = ({
  label,
  reason,
}: {
  label: string;
  reason: string;
}) => {
  const id = useId();
  return (
    <span className={styles.root}>
      <button
        type="button"
        aria-disabled="true"
        aria-describedby={id}
        className={styles.button}
      >
        {label}
      </button>
      <span role="tooltip" id={id} className={styles.tooltip}>
        {reason}
      </span>
    </span>
  );
};
