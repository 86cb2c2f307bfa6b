import { buildEvent } from '../__testUtils__/stores';
import { describeEvent } from './describeEvent';

const message = "Container 'medusa' of pod 'medusa-api-6d8f': ErrImagePull";

describe('describeEvent', () => {
  it.each(['failed', 'degraded'] as const)(
    'says what the words of the cluster mean where it is known: %s',
    type => {
      expect(
        describeEvent(
          buildEvent({ type, message, details: { reason: 'ImagePullFailed' } }),
        ),
      ).toBe("The image of the store can't be pulled.");
    },
  );

  it.each([
    { type: 'failed' },
    { type: 'failed', details: { reason: 'SomethingNew' } },
    { type: 'deletion-blocked', details: { reason: 'DeletionBlocked' } },
  ] as const)('leaves what else happened as it was told: %j', event => {
    expect(describeEvent(buildEvent({ ...event, message }))).toBe(message);
  });
});
