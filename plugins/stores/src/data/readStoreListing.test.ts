import { fakeStores } from '../__testUtils__/fakeStores';
import { buildStore } from '../__testUtils__/stores';
import { noFilters } from '../models/storeFilters';
import { readStoreListing } from './readStoreListing';

const mine = buildStore({ id: 'mine-11111', owner: 'group:default/shop-team' });
const theirs = buildStore({ id: 'theirs-22222', owner: 'group:default/toys' });
const options = {
  filters: noFilters,
  ownRefs: ['user:default/guest', 'group:default/shop-team'],
  pages: 1,
  signal: new AbortController().signal,
};

function fake(hasMore: boolean) {
  const listStores = jest.fn(
    async ({ owner, cursor }: { owner?: string; cursor?: string } = {}) => {
      if (owner) {
        return { items: [mine, theirs].filter(store => store.owner === owner) };
      }
      return cursor
        ? { items: [mine] }
        : { items: [theirs], nextCursor: hasMore ? 'more' : undefined };
    },
  );
  const getOverview = jest.fn(async () => ({
    ...(await fakeStores().getOverview()),
    countsByState: { READY: 240 },
    activeByOwner: [{ owner: 'group:default/books', count: 1 }],
  }));
  return {
    listStores,
    getOverview,
    api: fakeStores({ listStores, getOverview }),
  };
}

describe('readStoreListing', () => {
  it('needs one request where all fit into a page', async () => {
    const { api, listStores, getOverview } = fake(false);
    const listing = await readStoreListing(api, options);
    expect(listing).toMatchObject({
      own: [],
      others: [theirs],
      hasMore: false,
      counts: { READY: 1, FAILED: 0 },
    });
    expect(listStores).toHaveBeenCalledTimes(1);
    expect(getOverview).not.toHaveBeenCalled();
  });

  it('has own stores first also when the first page lacks them, and counts over all', async () => {
    const { api } = fake(true);
    expect(await readStoreListing(api, options)).toMatchObject({
      own: [mine],
      others: [theirs],
      hasMore: true,
      counts: { READY: 240 },
      owners: [
        'group:default/books',
        'group:default/shop-team',
        'group:default/toys',
      ],
    });
  });

  it('reads on to the pages that were asked for, without showing own ones twice', async () => {
    const { api } = fake(true);
    expect(await readStoreListing(api, { ...options, pages: 2 })).toMatchObject(
      {
        own: [mine],
        others: [theirs],
        hasMore: false,
      },
    );
  });

  it('asks for nothing but own ones when only those are wanted', async () => {
    const { api, listStores } = fake(true);
    const listing = await readStoreListing(api, {
      ...options,
      filters: { ...noFilters, mine: true },
    });
    expect(listing).toMatchObject({ own: [mine], others: [], hasMore: false });
    expect(listStores.mock.calls.map(([query]) => query?.owner)).toEqual(
      options.ownRefs,
    );
  });
});
