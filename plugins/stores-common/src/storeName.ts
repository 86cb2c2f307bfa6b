/**
 * The longest name that a person may give a store, in characters.
 *
 * @public
 */
export const maximumStoreNameLength = 60;

/**
 * The longest id of a store; a DNS label has room for a prefix then.
 *
 * @public
 */
export const maximumStoreIdLength = 40;

/** The database's columns have room for twice that; some characters become several letters. */
const maximumSlugLength = 120;

const suffixLength = 5;
const suffixAlphabet = 'abcdefghijklmnopqrstuvwxyz0123456789';

/** Letters that Unicode's decomposition leaves as they are. */
const transliterations: Record<string, string> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
};

/**
 * The slug of a name: lower case latin letters, digits and single dashes.
 * Two names with one slug are the same name. `undefined` when nothing of the
 * name can stand in a slug.
 *
 * @public
 */
export function slugify(name: string): string | undefined {
  const slug = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/\P{ASCII}/gu, letter => transliterations[letter] ?? letter)
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  return slug === '' ? undefined : slug;
}

/**
 * Whether a text has characters that break a line, turn the direction of writing around, or are halves or
 * remains of others: none of them belongs in a text of one line that others read.
 *
 * @public
 */
export function hasControlCharacters(text: string): boolean {
  return /[\p{Cc}\p{Cs}\u2028-\u202e\u2066-\u2069\ufffd]/u.test(text);
}

/**
 * Which rule a name breaks, as a text that follows the field's name; undefined
 * when it may be given to a store, unless another store has it.
 *
 * @public
 */
export function findStoreNameProblem(name: string): string | undefined {
  if (hasControlCharacters(name)) {
    return 'must not contain control characters or broken ones';
  }
  const trimmed = name.trim();
  if (trimmed === '') {
    return 'must not be empty';
  }
  if (trimmed.length > maximumStoreNameLength) {
    return `must not be longer than ${maximumStoreNameLength} characters`;
  }
  const slug = slugify(trimmed);
  if (slug === undefined) {
    return 'must contain a latin letter or a digit';
  }
  if (slug.length > maximumSlugLength) {
    return `must not be longer than ${maximumSlugLength} characters in latin letters`;
  }
  return undefined;
}

/**
 * A new id for a store: its slug, cut, and five random characters.
 *
 * @param randomInteger - an unpredictable integer from 0 to below its argument
 * @public
 */
export function createStoreId(
  slug: string,
  randomInteger: (below: number) => number,
): string {
  const suffix = Array.from(
    { length: suffixLength },
    () => suffixAlphabet[randomInteger(suffixAlphabet.length)],
  ).join('');
  return `${storeIdPrefix(slug)}${suffix}`;
}

/**
 * What the id of a store begins with, up to the characters that are drawn when it is asked for.
 *
 * @public
 */
export function storeIdPrefix(slug: string): string {
  const room = maximumStoreIdLength - suffixLength - 1;
  return `${slug.slice(0, room).replace(/-$/, '')}-`;
}

/**
 * Whether a text has the form of a store's id.
 *
 * @public
 */
export function isStoreId(value: string): boolean {
  return (
    value.length <= maximumStoreIdLength &&
    /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/.test(value)
  );
}

/**
 * The namespace that a store lives in.
 *
 * @public
 */
export function storeNamespace(id: string): string {
  return `store-${id}`;
}
