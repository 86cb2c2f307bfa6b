import { catalogEntity } from './scenarios/portal/catalogEntity';
import { ending } from './scenarios/portal/ending';
import { failing } from './scenarios/portal/failing';
import { lists } from './scenarios/portal/lists';
import { ordering } from './scenarios/portal/ordering';
import { otherTeam } from './scenarios/portal/otherTeam';
import { PortalStory } from './scenarios/portal/PortalStory';
import { quietPages } from './scenarios/portal/quietPages';
import { selling } from './scenarios/portal/selling';
import { stockPages } from './scenarios/portal/stockPages';

jest.setTimeout(300_000);

describe('the portal in a browser, on the native cluster', () => {
  let begun: PortalStory | undefined;
  const story = (): PortalStory => {
    if (!begun) {
      throw new Error('The cluster, the portal or the browser did not come up');
    }
    return begun;
  };
  const failingStore = failing(story);

  beforeAll(async () => {
    begun = await PortalStory.begin();
  }, 600_000);

  afterAll(async () => {
    await begun?.end();
  }, 180_000);

  describe('a store that fails, at first', () => {
    failingStore.order();
  });
  describe('ordering a store', () => {
    ordering(story);
  });
  describe('selling', () => {
    selling(story);
  });
  describe('a store that fails, at last', () => {
    failingStore.look();
  });
  describe('all stores', () => {
    lists(story);
  });
  describe('the store in the catalog', () => {
    catalogEntity(story);
  });
  describe('the pages that Backstage brings', () => {
    stockPages(story);
  });
  describe('somebody of another team', () => {
    otherTeam(story);
  });
  describe('pages that are left open', () => {
    quietPages(story);
  });
  describe("a store's end", () => {
    ending(story);
  });
});
