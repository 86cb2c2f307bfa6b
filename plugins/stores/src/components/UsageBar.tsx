import { Text } from '@backstage/ui';
import styles from './UsageBar.module.css';

/** From here on a person should think about more. */
const tightShare = 0.85;

/** How much of something is used, as a bar with its words. */
export const UsageBar = ({
  label,
  words,
  share,
}: {
  label: string;
  words: string;
  /** From 0 to 1; undefined when it can't be said. */
  share?: number;
}) => (
  <div>
    <div className={styles.words}>
      <Text as="span" variant="body-small">
        {label}
      </Text>
      <Text as="span" variant="body-small" color="secondary">
        {words}
      </Text>
    </div>
    {share !== undefined && (
      <span className={styles.track} aria-hidden>
        <span
          className={styles.fill}
          data-tight={share >= tightShare}
          style={{ width: `${100 * share}%` }}
        />
      </span>
    )}
  </div>
);
