import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import type { StoresService } from '@storeyard/backstage-plugin-stores-node';
import { shownStore, shownStoreSchema, stateSchema } from './shownStore';

/** Options of {@link registerStoreActions}. */
export interface RegisterStoreActionsOptions {
  registry: ActionsRegistryService;
  stores: StoresService;
}

/**
 * Offers stores to whatever works through Backstage's actions, such as an assistant over MCP. Each action calls the REST
 * API in the name of its caller, so that permissions, quotas and the audit are those of the API.
 */
export function registerStoreActions(
  options: RegisterStoreActionsOptions,
): void {
  const { registry, stores } = options;

  registry.register({
    name: 'list-stores',
    title: 'List stores',
    description:
      'Lists the stores that the caller may see, newest first: their names, states, owners and addresses.',
    attributes: { readOnly: true, idempotent: true },
    schema: {
      input: z =>
        z.object({
          query: z
            .string()
            .max(100)
            .optional()
            .describe('A part of the name or id'),
          states: z
            .array(stateSchema(z))
            .optional()
            .describe('Only these states; all but DELETED unless given'),
          owner: z
            .string()
            .optional()
            .describe(
              "Entity ref of the owner, such as 'group:default/team-a'",
            ),
          limit: z.number().int().min(1).max(100).optional(),
        }),
      output: z => z.object({ stores: z.array(shownStoreSchema(z)) }),
    },
    action: async ({ credentials, input }) => {
      const page = await stores.clientFor(credentials).listStores(input);
      return { output: { stores: page.items.map(shownStore) } };
    },
  });

  registry.register({
    name: 'get-store',
    title: 'Get a store',
    description:
      'Shows one store: its state, why it is in it, what a person can do about that, and its addresses.',
    attributes: { readOnly: true, idempotent: true },
    schema: {
      input: z => z.object({ id: z.string().describe("The store's id") }),
      output: z => shownStoreSchema(z),
    },
    action: async ({ credentials, input }) => {
      const store = await stores.clientFor(credentials).getStore(input.id);
      return { output: shownStore(store) };
    },
  });

  registry.register({
    name: 'create-store',
    title: 'Create a store',
    description:
      'Asks for a store. It is REQUESTED at once and READY some seconds or minutes later; get-store tells. With the same idempotencyKey and input again it is the same store.',
    attributes: { destructive: false, idempotent: false },
    schema: {
      input: z =>
        z.object({
          name: z.string().describe('What people call it'),
          engine: z
            .string()
            .default('medusa')
            .describe("The kind of shop, 'medusa' unless given"),
          plan: z.string().optional().describe('A size, such as small'),
          owner: z
            .string()
            .optional()
            .describe('Entity ref of the owner; the caller unless given'),
          idempotencyKey: z
            .string()
            .max(200)
            .optional()
            .describe('Any text that is new for each store'),
        }),
      output: z => shownStoreSchema(z),
    },
    action: async ({ credentials, input }) => {
      const { idempotencyKey, ...request } = input;
      const store = await stores
        .clientFor(credentials)
        .createStore(request, { idempotencyKey });
      return { output: shownStore(store) };
    },
  });

  registry.register({
    name: 'delete-store',
    title: 'Delete a store',
    description:
      'Deletes a store and all of its data, for good. Refused while the store is protected.',
    attributes: { destructive: true, idempotent: true },
    schema: {
      input: z => z.object({ id: z.string().describe("The store's id") }),
      output: z => shownStoreSchema(z),
    },
    action: async ({ credentials, input }) => {
      const store = await stores.clientFor(credentials).deleteStore(input.id);
      return { output: shownStore(store) };
    },
  });

  registry.register({
    name: 'retry-store',
    title: 'Try a store again',
    description:
      'Has a store that failed or does not serve tried again at once. It never accepts the loss of data.',
    attributes: { destructive: false, idempotent: true },
    schema: {
      input: z => z.object({ id: z.string().describe("The store's id") }),
      output: z => shownStoreSchema(z),
    },
    action: async ({ credentials, input }) => {
      const store = await stores.clientFor(credentials).retryStore(input.id);
      return { output: shownStore(store) };
    },
  });
}
