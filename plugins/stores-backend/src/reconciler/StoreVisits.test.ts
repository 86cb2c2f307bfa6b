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
