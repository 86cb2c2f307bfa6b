import {
  maximumStoreIdLength,
  slugify,
  type Store,
} from '@storeyard/backstage-plugin-stores-common';

const suffix = '-…';
const suffixLength = 6;

/** What stores' addresses end with, of which another store tells: `.localhost:8080`; undefined where it has an address of its own. */
export function addressEndOf({ id, urls }: Store): string | undefined {
  const { host } = new URL(urls.storefront);
  return host.startsWith(`${id}.`) ? host.slice(id.length) : undefined;
}

/** What a store's address will be; the id's five last characters are only known when it is made. */
export function previewAddress(name: string, end = ''): string | undefined {
  const slug = slugify(name);
  return (
    slug &&
    `${slug
      .slice(0, maximumStoreIdLength - suffixLength)
      .replace(/-+$/, '')}${suffix}${end}`
  );
}
