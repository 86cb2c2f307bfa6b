import Ajv from 'ajv/dist/2020';
import { describeProblems } from './describeProblems';

/** What is said of a value by a schema for one field, unless told otherwise. */
function problems(schema: object, value: unknown, whole = 'body'): string[] {
  const ajv = new Ajv({ allErrors: true, verbose: true, strict: false });
  ajv.addFormat('store-name', name => name === 'Toys');
  ajv.addFormat('day', () => false);
  const validate = ajv.compile(schema);
  return validate(value) ? [] : describeProblems(validate.errors ?? [], whole);
}

const field = (schema: object) => ({ properties: { field: schema } });

describe('describeProblems', () => {
  it.each<[object, unknown, string]>([
    [{ type: 'array' }, 1, 'must be a list'],
    [{ type: 'boolean' }, 1, 'must be true or false'],
    [{ type: 'integer' }, 1.5, 'must be a whole number'],
    [{ type: 'number' }, 'x', 'must be a number'],
    [{ type: 'object' }, 1, 'must be an object'],
    [{ type: 'string' }, 1, 'must be a text'],
    [{ type: 'null' }, 1, 'must be null'],
    [{ enum: ['small', 'large'] }, 'x', 'must be one of small, large'],
    [{ minLength: 1 }, '', 'must not be empty'],
    [{ minLength: 2 }, 'x', 'must not be shorter than 2 characters'],
    [{ maxLength: 2 }, 'xxx', 'must not be longer than 2 characters'],
    [{ minimum: 2 }, 1, 'must be at least 2'],
    [{ maximum: 2 }, 3, 'must be at most 2'],
    [
      { minProperties: 1, properties: { owner: {}, protected: {} } },
      {},
      'must have one of owner, protected',
    ],
    [
      { format: 'store-name' },
      'a\0b',
      'must not contain control characters or broken ones',
    ],
    [{ format: 'day' }, 'Monday', 'must be a day'],
    [
      { pattern: '^a', 'x-message': 'must begin with a' },
      'b',
      'must begin with a',
    ],
    [{ pattern: '^a' }, 'b', 'must match pattern "^a"'],
  ])('says by %j of %j that it %s', (schema, value, text) => {
    expect(problems(field(schema), { field: value })).toEqual([
      `field: ${text}`,
    ]);
  });

  it('names what lacks and what is too much', () => {
    const schema = {
      required: ['name'],
      additionalProperties: false,
      properties: { name: {} },
    };
    expect(problems(schema, { 'na/me~': 1 })).toEqual([
      'name: is required',
      'na/me~: unknown field',
    ]);
    expect(
      problems(
        { properties: { parameters: schema } },
        { parameters: { x: 1 } },
      ),
    ).toEqual(['parameters.name: is required', 'parameters.x: unknown field']);
  });

  it('names a field by its way from the top', () => {
    const schema = {
      properties: { 'a/b~c': { items: { properties: { d: { maximum: 1 } } } } },
    };
    expect(problems(schema, { 'a/b~c': [{ d: 1 }, { d: 2 }] })).toEqual([
      'a/b~c.1.d: must be at most 1',
    ]);
  });

  it('says one thing of each field', () => {
    const schema = field({ minLength: 3, pattern: '^a' });
    expect(problems(schema, { field: 'b' })).toEqual([
      'field: must not be shorter than 3 characters',
    ]);
  });

  it('calls the whole by its name', () => {
    expect(problems({ type: 'object' }, [])).toEqual([
      'body: must be an object',
    ]);
  });

  it('says of a query what was given twice', () => {
    const schema = field({ type: 'integer' });
    expect(problems(schema, { field: ['1', '2'] }, 'query')).toEqual([
      'field: must be given once',
    ]);
    expect(problems(schema, { field: ['1', '2'] })).toEqual([
      'field: must be a whole number',
    ]);
    expect(problems(schema, { field: 'x' }, 'query')).toEqual([
      'field: must be a whole number',
    ]);
  });
});
