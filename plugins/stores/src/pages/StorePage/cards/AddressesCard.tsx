import {
  isStoreAvailable,
  type Store,
} from '@storeyard/backstage-plugin-stores-common';
import { CopyButton } from '../../../components/CopyButton';
import { ExternalLink } from '../../../components/ExternalLink';
import { Facts } from '../../../components/Facts';
import { useStoresTranslation } from '../../../translation';
import styles from '../StorePage.module.css';

/** Where a store is: links once there is something behind them, and to copy at any time. */
export const AddressesCard = ({ store }: { store: Store }) => {
  const t = useStoresTranslation();
  const address = (href: string, name: string, isLink: boolean) => ({
    name,
    value: (
      <span className={styles.address}>
        {isLink && isStoreAvailable(store) ? (
          <ExternalLink href={href} label={`${href} (${name})`}>
            {href}
          </ExternalLink>
        ) : (
          <span>{href}</span>
        )}
        <CopyButton
          text={href}
          what={t('store.cards.addressOf', { label: name, name: store.name })}
        />
      </span>
    ),
  });
  const { storefront, admin, api } = store.urls;
  return (
    <Facts
      title={t('store.cards.addresses')}
      facts={[
        address(storefront, t('store.cards.storefront'), true),
        address(admin, t('store.cards.admin'), true),
        address(api, t('store.cards.api'), false),
      ]}
    />
  );
};
