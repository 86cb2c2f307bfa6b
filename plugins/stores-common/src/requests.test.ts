import {
  createStoreRequestSchema,
  listEventsQuerySchema,
  listStoresQuerySchema,
} from './requests';

it('trims a name and writes an owner in lower case', () => {
  expect(
    createStoreRequestSchema.parse({
      name: '  Toys ',
      engine: 'medusa',
      owner: 'Group:Default/Team-A',
    }),
  ).toEqual({ name: 'Toys', engine: 'medusa', owner: 'group:default/team-a' });
});

it('takes a name of 60 characters, not one of 61', () => {
  const parse = (length: number) =>
    createStoreRequestSchema.safeParse({
      name: 'x'.repeat(length),
      engine: 'medusa',
    }).success;
  expect([parse(60), parse(61)]).toEqual([true, false]);
});

it('fills in what a query leaves out', () => {
  expect(listStoresQuerySchema.parse({})).toEqual({
    order: '-createdAt',
    limit: 20,
  });
  expect(listEventsQuerySchema.parse({})).toEqual({
    after: 0,
    limit: 100,
    wait: 0,
  });
});

it('takes one state or several', () => {
  expect(listStoresQuerySchema.parse({ state: 'READY' }).state).toEqual([
    'READY',
  ]);
  expect(
    listStoresQuerySchema.parse({ state: ['READY', 'FAILED'] }).state,
  ).toEqual(['READY', 'FAILED']);
});
