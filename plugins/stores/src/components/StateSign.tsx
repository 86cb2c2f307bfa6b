import type { StoreState } from '@storeyard/backstage-plugin-stores-common';
import styles from './StateSign.module.css';

const shapes: Record<StoreState | 'PAUSED', JSX.Element> = {
  REQUESTED: <circle cx="10" cy="10" r="7" className={styles.line} />,
  PROVISIONING: (
    <path
      d="M10 3a7 7 0 1 1-7 7"
      className={`${styles.line} ${styles.turning}`}
    />
  ),
  READY: (
    <>
      <circle cx="10" cy="10" r="8" className={styles.filled} />
      <path d="m6.2 10.2 2.6 2.6 5-5.2" className={styles.inside} />
    </>
  ),
  DEGRADED: (
    <>
      <path d="M10 1.8 19 18H1z" className={styles.filled} />
      <path d="M10 7.5v5M10 15v.4" className={styles.inside} />
    </>
  ),
  FAILED: (
    <>
      <path
        d="M6.7 2h6.6L18 6.7v6.6L13.3 18H6.7L2 13.3V6.7z"
        className={styles.filled}
      />
      <path d="M10 5.8v5M10 13.8v.4" className={styles.inside} />
    </>
  ),
  DELETING: (
    <path
      d="M10 3a7 7 0 1 1-7 7"
      className={`${styles.line} ${styles.dashed}`}
    />
  ),
  DELETED: <path d="M4 4l12 12M16 4 4 16" className={styles.line} />,
  PAUSED: <path d="M6.5 4v12M13.5 4v12" className={styles.bars} />,
};

/** The sign of a state: a shape of its own, in the colour of what it means. What it says stands beside it as text. */
export const StateSign = ({ state }: { state: StoreState | 'PAUSED' }) => (
  <svg
    aria-hidden
    width="20"
    height="20"
    viewBox="0 0 20 20"
    className={styles.sign}
    data-state={state}
  >
    {shapes[state]}
  </svg>
);
