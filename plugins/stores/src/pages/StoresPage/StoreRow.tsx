import { useRouteRef } from '@backstage/frontend-plugin-api';
import { Link, Text } from '@backstage/ui';
import {
  isStoreAvailable,
  type Store,
} from '@storeyard/backstage-plugin-stores-common';
import { ExternalLink } from '../../components/ExternalLink';
import { StoreState } from '../../components/StoreState';
import surface from '../../components/surface.module.css';
import { Time } from '../../components/Time';
import { formatAge } from '../../models/formatDuration';
import { ownerName } from '../../models/ownerName';
import { storeRouteRef } from '../../routes';
import { useStoresTranslation } from '../../translation';
import { StoreMenu } from './StoreMenu';
import styles from './StoreTable.module.css';

/** One store of the list. The roles stay when the table folds into cards. */
export const StoreRow = ({
  store,
  now,
  onChanged,
}: {
  store: Store;
  now: number;
  onChanged: () => void;
}) => {
  const t = useStoresTranslation();
  const storeLink = useRouteRef(storeRouteRef);
  const label = (text: string) => (
    <Text
      as="span"
      variant="body-small"
      color="secondary"
      className={styles.label}
      aria-hidden
    >
      {text}
    </Text>
  );
  return (
    <div role="row" className={`${styles.row} ${surface.surface}`}>
      <div role="rowheader" className={styles.name}>
        <Link href={storeLink?.({ id: store.id })} weight="bold">
          {store.name}
        </Link>
        <Text as="div" variant="body-small" color="secondary">
          {store.id}
        </Text>
      </div>
      <div role="cell" className={styles.state}>
        <StoreState store={store} now={now} remedy />
      </div>
      <div role="cell">
        {label(t('list.columns.owner'))}
        <Text as="span" title={store.owner}>
          {ownerName(store.owner)}
        </Text>
      </div>
      <div role="cell">
        {label(t('list.columns.plan'))}
        <Text as="span">{store.plan}</Text>
      </div>
      <div role="cell" className={styles.short}>
        {label(t('list.columns.storefront'))}
        {isStoreAvailable(store) ? (
          <ExternalLink
            href={store.urls.storefront}
            label={`${t('list.openShop')} ${store.name}`}
          >
            {t('list.openShop')}
          </ExternalLink>
        ) : (
          <Text as="span" color="secondary">
            {t('list.notOpen')}
          </Text>
        )}
      </div>
      <div role="cell" className={styles.short}>
        {label(t('list.columns.age'))}
        <Text as="span">
          <Time time={store.createdAt}>{formatAge(store.createdAt, now)}</Time>
        </Text>
      </div>
      <div role="cell" className={styles.menu}>
        <StoreMenu store={store} now={now} onChanged={onChanged} />
      </div>
    </div>
  );
};
