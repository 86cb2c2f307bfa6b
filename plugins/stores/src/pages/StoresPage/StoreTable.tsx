import { useRef } from 'react';
import { Text, VisuallyHidden } from '@backstage/ui';
import type { Store } from '@storeyard/backstage-plugin-stores-common';
import { useGlide } from '../../components/useGlide';
import { useStoresTranslation } from '../../translation';
import { StoreRow } from './StoreRow';
import styles from './StoreTable.module.css';

const columns = [
  'name',
  'state',
  'owner',
  'plan',
  'storefront',
  'age',
  'menu',
] as const;

/** Stores as a table, which folds into cards where there is little room. */
export const StoreTable = ({
  label,
  stores,
  now,
  onChanged,
}: {
  label: string;
  stores: Store[];
  now: number;
  onChanged: () => void;
}) => {
  const t = useStoresTranslation();
  const body = useRef<HTMLDivElement>(null);
  useGlide(body, stores.map(({ id }) => id).join());
  return (
    <div className={styles.frame}>
      <div role="table" aria-label={label} className={styles.table}>
        <div role="rowgroup" className={styles.head}>
          <div role="row" className={styles.headRow}>
            {columns.map(column => (
              <div key={column} role="columnheader">
                <Text as="span" variant="body-small" color="secondary">
                  {column === 'menu' ? (
                    <VisuallyHidden>{t('list.columns.menu')}</VisuallyHidden>
                  ) : (
                    t(`list.columns.${column}`)
                  )}
                </Text>
              </div>
            ))}
          </div>
        </div>
        <div role="rowgroup" className={styles.body} ref={body}>
          {stores.map(store => (
            <StoreRow
              key={store.id}
              store={store}
              now={now}
              onChanged={onChanged}
            />
          ))}
        </div>
      </div>
    </div>
  );
};
