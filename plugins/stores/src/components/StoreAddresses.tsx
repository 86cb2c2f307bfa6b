import {
  isStoreAvailable,
  Store,
} from '@storeyard/backstage-plugin-stores-common';
import { ExternalLink } from './ExternalLink';
import { Facts } from './Facts';

/** Where a store is, as links once there is something behind them. */
export const StoreAddresses = ({ store }: { store: Store }) => {
  const address = (href: string, label: string) =>
    isStoreAvailable(store) ? (
      <ExternalLink href={href} label={`${label} of ${store.name}`}>
        {href}
      </ExternalLink>
    ) : (
      href
    );
  return (
    <Facts
      title="Addresses"
      facts={[
        {
          name: 'Storefront',
          value: address(store.urls.storefront, 'Storefront'),
        },
        { name: 'Admin', value: address(store.urls.admin, 'Admin') },
        { name: 'Store API', value: store.urls.api },
      ]}
    />
  );
};
