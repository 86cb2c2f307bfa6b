import { Store } from '@storeyard/backstage-plugin-stores-common';

/** The two stores that the scenarios share, in the order in which they run. */
export interface TwoStores {
  first: Store;
  second: Store;
  /** One order placed in each. */
  firstOrder: string;
  secondOrder: string;
}
