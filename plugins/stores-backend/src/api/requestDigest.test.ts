import { requestDigest } from './requestDigest';

describe('requestDigest', () => {
  const body = {
    name: 'Toys',
    parameters: { countries: ['de', 'fr'], demoProducts: true, limit: 1 },
  };

  it('is the same whatever the order of fields, and for what is left out', () => {
    const { countries, ...rest } = body.parameters;
    expect(
      requestDigest({
        parameters: { ...rest, countries },
        owner: undefined,
        name: 'Toys',
      }),
    ).toBe(requestDigest(body));
    expect(requestDigest(body)).toMatch(/^[0-9a-f]{64}$/);
  });

  it.each([
    [[1, 2], [12]],
    [['a'], { 0: 'a' }],
    ['1', 1],
    ['null', null],
  ])('tells %j from %j', (one, other) => {
    expect(requestDigest(one)).not.toBe(requestDigest(other));
  });

  it.each([
    ['another value', { ...body, name: 'Games' }],
    ['a field more', { ...body, plan: null }],
    ['another field', { title: body.name, parameters: body.parameters }],
    [
      'another order of a list',
      { ...body, parameters: { ...body.parameters, countries: ['fr', 'de'] } },
    ],
    [
      'one entry instead of two',
      { ...body, parameters: { ...body.parameters, countries: ['de,fr'] } },
    ],
    [
      'a text instead of a number',
      { ...body, parameters: { ...body.parameters, limit: '1' } },
    ],
    ['nothing in it', {}],
    ['nothing', null],
    ['a list', [body]],
  ])('is another one for %s', (_, other) => {
    expect(requestDigest(other)).not.toBe(requestDigest(body));
  });
});
