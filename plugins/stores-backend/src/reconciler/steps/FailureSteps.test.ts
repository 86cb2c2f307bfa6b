import { mockServices } from '@backstage/backend-test-utils';
import { ClusterApiError } from '../../cluster';
import type { NewStoreEvent } from '../../database/NewStoreEvent';
import type { StorePatch, StoreRecord } from '../../database/StoreRecord';
import { createRecord } from '../__testUtils__/records';
import type { StorePass } from '../StorePass';
import { FailureSteps, type FailureStepsOptions } from './FailureSteps';

const forbidden = new ClusterApiError(
  'PATCH secrets/a',
  403,
  'Forbidden',
  'secrets "a" is forbidden: User "x" cannot patch resource',
);

describe('FailureSteps', () => {
  let written: { patch: StorePatch; events: NewStoreEvent[] }[];
  const fail = jest.fn();
  const report = jest.fn();

  function createSteps(random: number): FailureSteps {
    return FailureSteps.create({
      gate: { since: Date.now() },
      applySteps: {},
      healthSteps: { fail, report },
      upgradeSteps: {},
      deadlineSeconds: 600,
      random: () => random,
    } as unknown as FailureStepsOptions);
  }

  function createPass(record: Partial<StoreRecord>): StorePass {
    return {
      record: createRecord(record),
      logger: mockServices.logger.mock(),
      patch: async (patch: StorePatch, events: NewStoreEvent[]) => {
        written.push({ patch, events });
      },
    } as unknown as StorePass;
  }

  beforeEach(() => {
    written = [];
    jest.clearAllMocks();
  });

  it.each([
    [0, 500],
    [1, 1_000],
    [5, 16_000],
    [6, 30_000],
    [40, 30_000],
  ])(
    'doubles the pause after %d attempts up to %d ms, and takes any part of it',
    async (attempt, longest) => {
      const pass = createPass({ attempt });
      expect(await createSteps(0.5).handle(pass, forbidden)).toEqual({
        againInMs: longest / 2,
      });
      expect(await createSteps(0).handle(pass, forbidden)).toEqual({
        againInMs: 0,
      });
      expect(written[0]).toMatchObject({
        patch: { attempt: attempt + 1, nextAttemptAt: expect.any(Date) },
        events: [{ type: 'retry-scheduled' }],
      });
      expect(fail).not.toHaveBeenCalled();
    },
  );

  it('asks less often of a store that serves, and leaves what is said of it', async () => {
    const pass = createPass({ state: 'READY', attempt: 30 });
    expect(await createSteps(0.5).handle(pass, forbidden)).toEqual({
      againInMs: 150_000,
    });
    expect(written[0]?.patch).not.toHaveProperty('message');
  });

  it('makes no other failure of a loss, and no failure at all of what ends by itself', async () => {
    const lost = createPass({ state: 'FAILED', reason: 'DataLost' });
    const denied = new ClusterApiError(
      'PATCH pods/a',
      403,
      'Forbidden',
      'admission webhook "x" denied the request: no',
    );
    expect(await createSteps(0.5).handle(lost, denied)).toBeUndefined();
    expect(report).not.toHaveBeenCalled();
    const failed = createPass({ state: 'FAILED', reason: 'Timeout' });
    expect(await createSteps(0.5).handle(failed, denied)).toBeUndefined();
    expect(report).toHaveBeenCalledTimes(1);
    expect(await createSteps(0.5).handle(failed, forbidden)).toEqual({
      againInMs: 250,
    });
    expect(report).toHaveBeenCalledTimes(1);
  });
});
