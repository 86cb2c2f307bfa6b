import { createHash } from 'node:crypto';
import { InputError } from '@backstage/errors';
import {
  type ActionContext,
  createTemplateAction,
} from '@backstage/plugin-scaffolder-node';
import type { JsonObject } from '@backstage/types';
import {
  type CreateStoreRequest,
  type Store,
  storeEntityRef,
  type StoresClient,
} from '@storeyard/backstage-plugin-stores-common';
import { explainRefusal } from './explainRefusal';
import { defaultTimeoutMinutes, followStore } from './followStore';
import type { StoreActionOptions } from './storeActionOptions';
import { liveStoreOutput, timeoutMinutesField } from './storeFields';
import { examples } from './storeCreate.examples';

/** Orders a store in the name of whoever started the task. The same step of the same task never makes a second one. */
export function createStoreCreateAction(options: StoreActionOptions) {
  return createTemplateAction({
    id: 'storeyard:store:create',
    description:
      'Orders a store and, if wanted, waits until shoppers can use it while its events show in the log.',
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        name: z =>
          z
            .string()
            .min(1)
            .max(60)
            .describe('What people call the store; no other store has it'),
        engine: z =>
          z
            .string()
            .optional()
            .describe('The kind of shop, medusa unless given'),
        plan: z =>
          z
            .string()
            .optional()
            .describe(
              "A size, such as small; the portal's default unless given",
            ),
        owner: z =>
          z
            .string()
            .optional()
            .describe(
              'Entity ref of the user or group that it belongs to; who started the task unless given',
            ),
        parameters: z =>
          z
            .record(z.any())
            .optional()
            .describe("The engine's own settings, such as title and currency"),
        protected: z =>
          z
            .boolean()
            .optional()
            .describe('Whether every way of deleting it is refused for now'),
        wait: z =>
          z
            .boolean()
            .optional()
            .describe('Whether the step ends only when the store is READY'),
        timeoutMinutes: timeoutMinutesField,
      },
      output: liveStoreOutput,
    },
    async handler(ctx) {
      // The scaffolder applies no defaults of the schema.
      const {
        engine = 'medusa',
        wait = false,
        timeoutMinutes = defaultTimeoutMinutes,
        ...rest
      } = ctx.input;
      const request: CreateStoreRequest = { ...rest, engine };
      const client = options.stores.clientFor(
        await ctx.getInitiatorCredentials(),
      );
      if (ctx.isDryRun) {
        await tryOut(request, client);
        ctx.logger.info(
          `Dry run: the store '${request.name}' could be ordered; nothing was made`,
        );
        return;
      }

      const what = `The store '${request.name}'`;
      const id = await ctx.checkpoint({
        key: `order-${digest(request.name)}`,
        fn: async () => {
          const idempotencyKey = keyOf(ctx, request.name);
          const store = await explainRefusal(what, () =>
            client.createStore(request, { idempotencyKey }),
          );
          return store.id;
        },
      });
      const store = await client.getStore(id, { signal: ctx.signal });
      const page = `${options.pagesUrl}/${id}`;
      ctx.output('id', id);
      ctx.output('entityRef', storeEntityRef(id));
      ctx.output('storefront', store.urls.storefront);
      ctx.output('admin', store.urls.admin);
      ctx.output('eventsUrl', page);
      ctx.logger.info(`${what} is ordered as '${id}': ${page}`);
      if (wait) {
        const ready: Store = await followStore({
          client,
          id,
          awaited: 'READY',
          fromStart: true,
          logger: ctx.logger,
          page,
          signal: ctx.signal,
          timeoutMinutes,
        });
        ctx.logger.info(`Open for business: ${ready.urls.storefront}`);
      }
    },
  });
}

/**
 * The same whenever this step of this task runs, also after a crash between the order and its checkpoint. The name tells
 * the iterations of a step apart: actions aren't told of them.
 */
function keyOf(
  { step, task }: Pick<ActionContext<JsonObject>, 'step' | 'task'>,
  name: string,
): string {
  return `scaffolder:${task.id}:${digest(step?.id ?? '')}:${digest(name)}`;
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

/** What the order would be refused for, as far as that can be known without one. */
async function tryOut(
  request: CreateStoreRequest,
  client: StoresClient,
): Promise<void> {
  const name = await client.checkName(request.name);
  if (!name.available) {
    throw new InputError(
      `name: '${request.name}' ${name.message ?? 'is not available'}`,
    );
  }
  const { items, quota } = await client.getPlans({ owner: request.owner });
  const plans = items.map(plan => plan.name);
  if (request.plan !== undefined && !plans.includes(request.plan)) {
    throw new InputError(
      `plan: '${request.plan}' is unknown; there are ${plans.join(', ')}`,
    );
  }
  if (quota?.left !== undefined && quota.left <= 0) {
    throw new InputError(
      `owner: '${quota.owner}' has ${quota.used} of ${quota.limit} stores already`,
    );
  }
}
