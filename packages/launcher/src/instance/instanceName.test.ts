import { instanceName } from './instanceName';

describe('instanceName', () => {
  it.each([
    [undefined, 'local'],
    ['', 'local'],
    ['a', 'a'],
    ['second-2', 'second-2'],
  ])('reads %j as %j', (text, name) => {
    expect(instanceName({ STOREYARD_INSTANCE: text })).toBe(name);
  });

  it.each(['Second', '2nd', 'a_b', 'abcdefghijkl', '../up'])(
    'refuses %j',
    text => {
      expect(() => instanceName({ STOREYARD_INSTANCE: text })).toThrow(
        `STOREYARD_INSTANCE is '${text}'`,
      );
    },
  );
});
