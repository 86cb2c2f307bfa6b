import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import type { StoresClient } from '@storeyard/backstage-plugin-stores-common';
import { StandInStores } from '../__testUtils__/StandInStores';
import { followStore } from './followStore';

describe('followStore', () => {
  let standIn: StandInStores;
  let client: StoresClient;
  const logger = mockServices.logger.mock();

  beforeEach(async () => {
    standIn = new StandInStores();
    client = (await standIn.start()).clientFor(mockCredentials.user());
    standIn.add('toys-00000');
  });

  afterEach(async () => {
    jest.clearAllMocks();
    await standIn.stop();
  });

  const follow = (options: { timeoutMinutes?: number } = {}) =>
    followStore({
      client,
      id: 'toys-00000',
      awaited: 'READY',
      logger,
      page: 'http://localhost:7007/stores/toys-00000',
      timeoutMinutes: 1,
      retryMilliseconds: 1,
      ...options,
    });

  it('is at its end at once when the store is there already', async () => {
    standIn.becomeReady('toys-00000');
    expect(await follow()).toMatchObject({ state: 'READY' });
    expect(standIn.calls).toEqual(['GET /toys-00000']);
  });

  it('makes few calls, however many events there are', async () => {
    let applied = 0;
    standIn.onWait = () => {
      applied += 1;
      if (applied < 20) {
        standIn.happen('toys-00000', 'applied', `Object ${applied}`);
      } else {
        standIn.becomeReady('toys-00000');
      }
    };
    await follow();
    expect(
      standIn.calls.filter(call => call === 'GET /toys-00000'),
    ).toHaveLength(2);
  });

  it('goes on after a restart of the plugin and after the rate limit', async () => {
    standIn.refusals.push(
      { status: 503, name: 'ServiceUnavailableError', message: 'starting' },
      {
        status: 429,
        name: 'TooManyRequestsError',
        message: 'too many requests',
        headers: { 'Retry-After': '0' },
      },
    );
    standIn.becomeReady('toys-00000');
    expect(await follow()).toMatchObject({ state: 'READY' });
    expect(logger.warn).toHaveBeenCalledTimes(2);
  });

  it('does not go on where it is not allowed to read', async () => {
    standIn.refusals.push({
      status: 403,
      name: 'NotAllowedError',
      message: 'no',
    });
    await expect(follow()).rejects.toThrow('403');
  });

  it('does not wait for ever', async () => {
    standIn.onWait = () => standIn.happen('toys-00000', 'applied', 'Again');
    await expect(follow({ timeoutMinutes: 0.001 })).rejects.toThrow(
      "The store 'toys-00000' is not READY after 0.001 minutes. It goes on by itself: http://localhost:7007/stores/toys-00000",
    );
  });
});
