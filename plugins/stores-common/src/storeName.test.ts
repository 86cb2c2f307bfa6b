import {
  createStoreId,
  findStoreNameProblem,
  isStoreId,
  maximumStoreIdLength,
  slugify,
  storeNamespace,
} from './storeName';

describe('slugify', () => {
  it.each([
    ['Toys & Games', 'toys-games'],
    ['toys   games', 'toys-games'],
    ['  --Toys--  ', 'toys'],
    ['TOYS', 'toys'],
    ['Übersee', 'ubersee'],
    ['U\u0308bersee', 'ubersee'],
    ['Straße', 'strasse'],
    ['STRAẞE', 'strasse'],
    ['Œuvre Æsir Øl Łódź', 'oeuvre-aesir-ol-lodz'],
    ['İstanbul', 'istanbul'],
    ['ﬁrst', 'first'],
    ['Ｆｕｌｌ', 'full'],
    ['24/7', '24-7'],
    ["O'Reilly", 'o-reilly'],
    ['日本 shop', 'shop'],
  ])('makes of %j the slug %j', (name, slug) => {
    expect(slugify(name)).toBe(slug);
  });

  it.each(['', '   ', '---', '日本', '🛍', '\u0301'])(
    'finds none in %j',
    name => {
      expect(slugify(name)).toBeUndefined();
    },
  );

  it('is the slug of itself', () => {
    const slug = slugify('Toys & Games 24/7')!;
    expect(slugify(slug)).toBe(slug);
  });
});

describe('findStoreNameProblem', () => {
  it.each([
    ['', 'must not be empty'],
    ['   ', 'must not be empty'],
    ['a\0b', 'must not contain control characters or broken ones'],
    ['a\u0085b', 'must not contain control characters or broken ones'],
    ['a\u2028b', 'must not contain control characters or broken ones'],
    ['a\u202eb', 'must not contain control characters or broken ones'],
    ['a\ud800b', 'must not contain control characters or broken ones'],
    ['a\ufffdb', 'must not contain control characters or broken ones'],
    ['日本', 'must contain a latin letter or a digit'],
    ['x'.repeat(61), 'must not be longer than 60 characters'],
    [
      '㎯'.repeat(60),
      'must not be longer than 120 characters in latin letters',
    ],
  ])('says of %j that it %s', (name, problem) => {
    expect(findStoreNameProblem(name)).toBe(problem);
  });

  it.each([
    'a',
    ' Toys & Games ',
    'x'.repeat(60),
    ` ${'x'.repeat(60)} `,
    'ß'.repeat(60),
    'Shop 👨‍👩‍👧',
  ])('finds none in %j', name => {
    expect(findStoreNameProblem(name)).toBeUndefined();
  });
});

describe('createStoreId', () => {
  const random = (below: number) => below - 1;

  it('ends with five random characters', () => {
    expect(createStoreId('toys', random)).toBe('toys-99999');
    expect(createStoreId('toys', () => 0)).toBe('toys-aaaaa');
    expect(createStoreId('toys-and-games', random)).toBe(
      'toys-and-games-99999',
    );
  });

  it('cuts a long slug, without two dashes in a row', () => {
    const id = createStoreId('x'.repeat(100), random);
    expect(id).toHaveLength(maximumStoreIdLength);
    expect(createStoreId(`${'x'.repeat(33)}-yyy`, random)).toBe(
      `${'x'.repeat(33)}-99999`,
    );
  });

  it.each(['toys', 'x'.repeat(100), '24-7', 'a'])(
    'makes a DNS label of %s',
    slug => {
      const id = createStoreId(slug, random);
      expect(isStoreId(id)).toBe(true);
      expect(storeNamespace(id).length).toBeLessThanOrEqual(63);
    },
  );
});

it.each(['a', '7', 'toys-x7k2p', 'x'.repeat(40)])(
  'takes %j for an id',
  value => {
    expect(isStoreId(value)).toBe(true);
    expect(storeNamespace(value)).toBe(`store-${value}`);
  },
);

it.each(['', '-a', 'a-', 'A', 'a.b', 'a/b', 'a\n', 'x'.repeat(41)])(
  'does not take %j for an id',
  value => {
    expect(isStoreId(value)).toBe(false);
  },
);
