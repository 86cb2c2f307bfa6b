import { ownerName } from './ownerName';

it.each([
  ['group:default/shop-team', 'shop-team'],
  ['user:partners/ada', 'partners/ada'],
  ['plugin:scaffolder', 'plugin:scaffolder'],
  ['external:ci', 'external:ci'],
  ['unknown', 'unknown'],
])('calls %s %s', (ref, name) => {
  expect(ownerName(ref)).toBe(name);
});
