import type { ReactNode } from 'react';
import styles from './ExtensionRoot.module.css';

/** Marks what is ours on a page that other plugins share, for checks and styles that are to stay within it. */
export const ExtensionRoot = ({
  name,
  children,
}: {
  name:
    | 'page'
    | 'home'
    | 'entity-card'
    | 'entity-tab'
    | 'field-name'
    | 'field-owner'
    | 'field-plan';
  children: ReactNode;
}) => (
  <div data-storeyard={name} className={styles.root}>
    {children}
  </div>
);
