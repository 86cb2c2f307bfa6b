import type { StoresService } from '@storeyard/backstage-plugin-stores-node';

/** What every action on stores needs. */
export interface StoreActionOptions {
  stores: StoresService;
  /** Address of the list of stores in the portal, without a slash at the end. */
  pagesUrl: string;
}
