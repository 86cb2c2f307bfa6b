import { crash } from './scenarios/crash';
import { deletion } from './scenarios/deletion';
import { failure } from './scenarios/failure';
import { healing } from './scenarios/healing';
import { helmRecord } from './scenarios/helmRecord';
import { isolation } from './scenarios/isolation';
import { portalPages } from './scenarios/portalPages';
import { portalRights } from './scenarios/portalRights';
import { provisioning } from './scenarios/provisioning';
import { TwoStores } from './scenarios/TwoStores';
import { Testbed } from './testbed/Testbed';

jest.setTimeout(300_000);

describe('Storeyard on the native cluster', () => {
  let testbed: Testbed | undefined;
  const stores = {} as TwoStores;
  const running = (): Testbed => {
    if (!testbed) {
      throw new Error('The cluster or the portal did not come up');
    }
    return testbed;
  };

  beforeAll(async () => {
    testbed = await Testbed.start();
  }, 600_000);

  afterAll(async () => {
    await testbed?.stop();
  }, 180_000);

  describe('provisioning', () => {
    provisioning(running, stores);
  });
  describe('the release record', () => {
    helmRecord(running, stores);
  });
  describe("the portal's rights", () => {
    portalRights(running, stores);
  });
  describe("the portal's pages", () => {
    portalPages(running, stores);
  });
  describe('healing', () => {
    healing(running, stores);
  });
  describe('network isolation', () => {
    isolation(running, stores);
  });
  describe('a store that fails', () => {
    failure(running);
  });
  describe('a crash of the portal', () => {
    crash(running);
  });
  describe('deletion', () => {
    deletion(running, stores);
  });
});
