import {
  maximumStoreIdLength,
  slugify,
} from '@storeyard/backstage-plugin-stores-common';

const suffix = '-…';
const suffixLength = 6;

/** What a store's address will begin with; its five last characters are only known when it is made. */
export function previewAddress(name: string): string | undefined {
  const slug = slugify(name);
  return (
    slug &&
    `${slug
      .slice(0, maximumStoreIdLength - suffixLength)
      .replace(/-+$/, '')}${suffix}`
  );
}
