import { responseError } from '../__testUtils__/responseError';
import { translate } from '../__testUtils__/translate';
import { describeActionError, describeLoadError } from './describeError';

const now = Date.parse('2026-11-24T10:02:00.000Z');
const context = { now, t: translate() };

describe('describeLoadError', () => {
  it.each([
    [
      401,
      "You may not see this: not yours. A store's owner and the platform team may.",
    ],
    [
      403,
      "You may not see this: not yours. A store's owner and the platform team may.",
    ],
    [429, 'Too many requests. This page tries again by itself.'],
    [500, 'not yours. This page tries again by itself.'],
  ])('says of %d: %s', async (status, text) => {
    const error = await responseError(status, 'Error', 'not yours.');
    expect(describeLoadError(error, context)).toBe(text);
  });

  it('says when it tries again what was too much, until then', async () => {
    const error = await responseError(429, 'Error', 'slow down');
    const words = (retryAt: number) =>
      describeLoadError(error, { ...context, retryAt });
    expect(words(now + 90_000)).toBe(
      'Too many requests. This page tries again in 1 min.',
    );
    expect(words(now)).toBe(
      'Too many requests. This page tries again by itself.',
    );
  });

  it('blames nobody where nothing answers', () => {
    expect(describeLoadError(new TypeError('fetch failed'), context)).toBe(
      'The portal does not answer. This page tries again by itself.',
    );
  });
});

describe('describeActionError', () => {
  it.each([
    [
      401,
      "You may not do this: protected. The store's owner and the platform team may.",
    ],
    [
      403,
      "You may not do this: protected. The store's owner and the platform team may.",
    ],
    [409, 'protected.'],
    [429, 'Too many requests. Try again in 1 min.'],
  ])('says of %d: %s', async (status, text) => {
    const error = await responseError(status, 'Error', 'protected');
    expect(describeActionError(error, context)).toBe(text);
  });

  it('says when the backend wants to be asked again', async () => {
    const error = await responseError(429, 'Error', 'slow down', {
      'Retry-After': '30',
    });
    expect(describeActionError(error, context)).toBe(
      'Too many requests. Try again in 30 s.',
    );
  });

  it('says that nothing was changed where nothing answers', () => {
    expect(describeActionError(new TypeError('fetch failed'), context)).toBe(
      'The portal does not answer. Nothing was changed as far as this page knows; try again.',
    );
  });
});
