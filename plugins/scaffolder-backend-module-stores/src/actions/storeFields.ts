import type { z } from 'zod/v3';
import { defaultTimeoutMinutes } from './followStore';

type Zod = typeof z;

/** The input of the actions that wait. */
export const timeoutMinutesField = (zod: Zod) =>
  zod
    .number()
    .positive()
    .max(24 * 60)
    .optional()
    .describe(
      `How long the step waits at most, ${defaultTimeoutMinutes} unless given`,
    );

/** The output that every action has. */
export const storeOutput = {
  id: (zod: Zod) => zod.string().describe("The store's id"),
  eventsUrl: (zod: Zod) =>
    zod.string().describe('Its page in the portal, with the timeline'),
};

/** The output of the actions that leave a store behind. */
export const liveStoreOutput = {
  ...storeOutput,
  entityRef: (zod: Zod) => zod.string().describe("The store's entity"),
  storefront: (zod: Zod) => zod.string().describe('Where shoppers go'),
  admin: (zod: Zod) => zod.string().describe('Where the shop is run from'),
};
