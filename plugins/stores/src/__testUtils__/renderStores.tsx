import { renderTestApp } from '@backstage/frontend-test-utils';
import { storesApiRef, type StoresApi } from '../api';
import { storesPlugin } from '../plugin';
import { fakeStores } from './fakeStores';

/** Shows a page of the plugin in an app, with an API that answers what the test says. */
export function renderStores(path: string, api: Partial<StoresApi> = {}) {
  return renderTestApp({
    features: [storesPlugin],
    apis: [[storesApiRef, fakeStores(api)]],
    initialRouteEntries: [path],
  });
}
