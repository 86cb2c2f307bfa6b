import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { explainRefusal } from './explainRefusal';
import { defaultTimeoutMinutes, followStore } from './followStore';
import type { StoreActionOptions } from './storeActionOptions';
import { storeOutput, timeoutMinutesField } from './storeFields';
import { examples } from './storeDelete.examples';

/** Deletes a store in the name of whoever started the task; again is the same. */
export function createStoreDeleteAction(options: StoreActionOptions) {
  return createTemplateAction({
    id: 'storeyard:store:delete',
    description:
      'Deletes a store and all of its data, for good. Refused while the store is protected.',
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        id: z => z.string().min(1).describe("The store's id"),
        wait: z =>
          z
            .boolean()
            .optional()
            .describe('Whether the step ends only when nothing is left'),
        timeoutMinutes: timeoutMinutesField,
      },
      output: storeOutput,
    },
    async handler(ctx) {
      const {
        id,
        wait = false,
        timeoutMinutes = defaultTimeoutMinutes,
      } = ctx.input;
      const page = `${options.pagesUrl}/${id}`;
      const what = `Deleting the store '${id}'`;
      if (ctx.isDryRun) {
        ctx.logger.info(`Dry run: the store '${id}' is not deleted`);
        return;
      }
      const client = options.stores.clientFor(
        await ctx.getInitiatorCredentials(),
      );
      const store = await explainRefusal(what, () =>
        client.deleteStore(id, { signal: ctx.signal }),
      );
      ctx.output('id', id);
      ctx.output('eventsUrl', page);
      ctx.logger.info(`The store '${store.name}' (${id}) is ${store.state}`);
      if (wait && store.state !== 'DELETED') {
        await followStore({
          client,
          id,
          awaited: 'DELETED',
          begin: 'deletion-requested',
          logger: ctx.logger,
          page,
          signal: ctx.signal,
          timeoutMinutes,
        });
        ctx.logger.info(`The store '${store.name}' (${id}) is gone`);
      }
    },
  });
}
