import { mockServices } from '@backstage/backend-test-utils';
import { StoreVisits, type StoreVisitsOptions } from './StoreVisits';

describe('StoreVisits', () => {
  const visited: string[] = [];
  const logger = mockServices.logger.mock();
  let visits: StoreVisits | undefined;

  function create(options: Partial<StoreVisitsOptions> = {}): StoreVisits {
    visits = StoreVisits.create({
      repository: {
        listUnfinished: async () => ['held', 'free', 'foreign', 'unpreferred'],
      },
      leases: {
        holds: id => id === 'held',
        listFree: async () => ['free', 'unpreferred'],
        prefers: id => !['unpreferred', 'their-gone'].includes(id),
      },
      watches: { listAll: () => undefined },
      gate: {
        status: () => ({ reachable: true, since: new Date().toISOString() }),
        open: async () => {
          throw new Error('not asked for');
        },
      },
      resyncSeconds: 3600,
      logger,
      signal: new AbortController().signal,
      visit: id => visited.push(id),
      ...options,
    });
    return visits;
  }

  beforeEach(() => {
    visited.length = 0;
    jest.resetAllMocks();
  });

  afterEach(() => visits?.stop());

  it('are of what is held here, and of what is free and falls to us', async () => {
    await create().start();
    expect(visited).toEqual(['held', 'free']);
  });

  it('are of namespaces of DELETED stores that something brought back', async () => {
    const namespaces = ['held', 'gone', 'their-gone', undefined].map(id => ({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: {
        name: `store-${id}`,
        labels: id ? { 'storeyard.dev/store-id': id } : undefined,
      },
    }));
    await create({
      watches: { listAll: () => namespaces } as unknown as Pick<
        StoreVisitsOptions['watches'],
        'listAll'
      >,
    }).start();
    expect(visited).toEqual(['held', 'free', 'gone']);
  });

  describe('while time passes', () => {
    const status = (reachable: boolean) => () => ({
      reachable,
      since: new Date().toISOString(),
    });

    beforeEach(() => {
      jest.useFakeTimers();
    });

    afterEach(() => {
      jest.useRealTimers();
    });

    it('come again as often as they shall, until they are stopped', async () => {
      const some = create({ resyncSeconds: 60 });
      await some.start();
      await jest.advanceTimersByTimeAsync(59_999);
      expect(visited).toEqual(['held', 'free']);
      await jest.advanceTimersByTimeAsync(1);
      expect(visited).toEqual(['held', 'free', 'held', 'free']);
      some.stop();
      expect(jest.getTimerCount()).toBe(0);
    });

    it('come at once when a cluster that was away answers', async () => {
      let reachable = false;
      const open = jest.fn(async () => {
        reachable = true;
        return {
          installation: { id: 'i', secretKeyFingerprint: 'f' },
          capabilities: { kubeVersion: 'v1.36.3', apiVersions: [] },
        };
      });
      await create({
        gate: { status: () => status(reachable)(), open },
      }).start();
      visited.length = 0;
      await jest.advanceTimersByTimeAsync(2_000);
      expect(visited).toEqual(['held', 'free']);
      await jest.advanceTimersByTimeAsync(20_000);
      expect(open).toHaveBeenCalledTimes(1);
      expect(visited).toEqual(['held', 'free']);
    });

    it('ask a cluster that is away again, and say nothing of it', async () => {
      const open = jest.fn().mockRejectedValue(new Error('refused'));
      await create({ gate: { status: status(false), open } }).start();
      visited.length = 0;
      await jest.advanceTimersByTimeAsync(6_000);
      expect(open).toHaveBeenCalledTimes(3);
      expect(visited).toEqual([]);
      expect(logger.error).not.toHaveBeenCalled();
    });

    it('go on after one that failed, and say so', async () => {
      const listUnfinished = jest.fn().mockResolvedValue(['held']);
      await create({
        repository: { listUnfinished },
        resyncSeconds: 60,
      }).start();
      const error = new Error('away');
      listUnfinished.mockRejectedValueOnce(error);
      await jest.advanceTimersByTimeAsync(60_000);
      expect(logger.error).toHaveBeenCalledWith(
        'The regular visit failed and is repeated in 60000 ms',
        error,
      );
      await jest.advanceTimersByTimeAsync(60_000);
      expect(visited).toEqual(['held', 'held']);
    });
  });

  it('say when the database failed, but not at the end', async () => {
    const ending = new AbortController();
    const listUnfinished = jest.fn().mockRejectedValue(new Error('away'));
    const failing = create({
      repository: { listUnfinished },
      signal: ending.signal,
    });
    failing.soon();
    await new Promise(setImmediate);
    expect(logger.error).toHaveBeenCalledTimes(1);
    ending.abort();
    failing.soon();
    await new Promise(setImmediate);
    expect(listUnfinished).toHaveBeenCalledTimes(2);
    expect(logger.error).toHaveBeenCalledTimes(1);
  });
});
