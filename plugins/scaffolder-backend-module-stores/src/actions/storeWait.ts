import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { storeEntityRef } from '@storeyard/backstage-plugin-stores-common';
import { explainRefusal } from './explainRefusal';
import { defaultTimeoutMinutes, followStore } from './followStore';
import type { StoreActionOptions } from './storeActionOptions';
import { liveStoreOutput, timeoutMinutesField } from './storeFields';
import { examples } from './storeWait.examples';

/** Waits for a store and shows its events in the log as they happen. */
export function createStoreWaitAction(options: StoreActionOptions) {
  return createTemplateAction({
    id: 'storeyard:store:wait',
    description:
      'Waits until a store is READY, or gone, while its events show in the log.',
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        id: z => z.string().min(1).describe("The store's id"),
        state: z =>
          z
            .enum(['READY', 'DELETED'])
            .optional()
            .describe('What it is waited for to be, READY unless given'),
        timeoutMinutes: timeoutMinutesField,
      },
      output: liveStoreOutput,
    },
    async handler(ctx) {
      const {
        id,
        state = 'READY',
        timeoutMinutes = defaultTimeoutMinutes,
      } = ctx.input;
      const page = `${options.pagesUrl}/${id}`;
      if (ctx.isDryRun) {
        ctx.logger.info(`Dry run: the store '${id}' is not waited for`);
        return;
      }
      const client = options.stores.clientFor(
        await ctx.getInitiatorCredentials(),
      );
      const store = await explainRefusal(`Waiting for the store '${id}'`, () =>
        followStore({
          client,
          id,
          awaited: state,
          begin: state === 'DELETED' ? 'deletion-requested' : undefined,
          logger: ctx.logger,
          page,
          signal: ctx.signal,
          timeoutMinutes,
        }),
      );
      ctx.output('id', id);
      ctx.output('entityRef', storeEntityRef(id));
      ctx.output('storefront', store.urls.storefront);
      ctx.output('admin', store.urls.admin);
      ctx.output('eventsUrl', page);
      ctx.logger.info(`The store '${store.name}' (${id}) is ${state}`);
    },
  });
}
