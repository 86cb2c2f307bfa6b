import {
  slugify,
  storeIdPrefix,
} from '@storeyard/backstage-plugin-stores-common';

/** Stands for the characters of an id that are only known when a store is asked for. */
const drawn = '…';

/** What stores' addresses end with, by one whose id is not drawn yet: `.localhost:8080`. */
export function addressEndOf(storefront: string | undefined) {
  return storefront?.split(drawn, 2)[1]?.replace(/\/$/, '');
}

/** What a store's address will be; the id's five last characters are only known when it is made. */
export function previewAddress(name: string, end = ''): string | undefined {
  const slug = slugify(name);
  return slug && `${storeIdPrefix(slug)}${drawn}${end}`;
}
