import type { Config } from '@backstage/config';

/** Address of the list of stores in the portal, without a slash at the end. */
export function readPagesUrl(config: Config): string {
  const path =
    config.getOptionalString('catalog.providers.stores.pagePath') ?? '/stores';
  const portal = config.getString('app.baseUrl').replace(/\/+$/, '');
  return `${portal}/${path.replace(/^\/+|\/+$/g, '')}`;
}
