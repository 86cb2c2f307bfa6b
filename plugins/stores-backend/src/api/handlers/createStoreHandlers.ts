import { storeReadPermission } from '@storeyard/backstage-plugin-stores-common';
import type { StoreRecord, StoreRepository } from '../../database';
import type { StoreAccess } from '../../permissions';
import type { OperationHandlers } from '../operationTypes';
import type { Caller } from '../Caller';
import { lowerCase } from '../lowerCase';
import type { StoreChanges } from '../StoreChanges';
import type { StoreCreation } from '../StoreCreation';
import type { StoreViews } from '../StoreViews';

/** Options of {@link createStoreHandlers}. */
export interface StoreHandlersOptions {
  access: StoreAccess;
  changes: StoreChanges;
  creation: StoreCreation;
  stores: StoreRepository;
  views: StoreViews;
}

/** The calls that make, show and change stores. */
export function createStoreHandlers(options: StoreHandlersOptions) {
  const { access, changes, creation, stores, views } = options;

  async function accepted(caller: Caller, record: Promise<StoreRecord>) {
    const body = await views.show(caller, await record);
    return { status: 202, body } as const;
  }

  return {
    async createStore({ body, header, ...call }) {
      const { store, created } = await creation.createStore({
        ...call,
        body,
        idempotencyKey: header['Idempotency-Key'],
      });
      return {
        status: created ? 201 : 200,
        headers: {
          Location: `${call.request.baseUrl}/${store.id}`,
          ...(created ? {} : { 'Idempotency-Replayed': 'true' }),
        },
        body: await views.show(call.caller, store),
      };
    },

    async listStores({ caller, query }) {
      const { state, owner, q, ...rest } = query;
      const page = await stores.list({
        ...rest,
        states: state,
        owner: lowerCase(owner),
        query: q,
        visible: await access.visible(caller, storeReadPermission),
      });
      return {
        status: 200,
        body: {
          items: await views.showAll(caller, page.items),
          nextCursor: page.nextCursor,
        },
      };
    },

    async getStore({ caller, path }) {
      const record = await views.find(path.id);
      await access.require(caller, storeReadPermission, record);
      return { status: 200, body: await views.show(caller, record) };
    },

    async changeStore({ path, ...call }) {
      const record = await changes.changeStore({ ...call, id: path.id });
      return { status: 200, body: await views.show(call.caller, record) };
    },

    async deleteStore({ path, ...call }) {
      const record = await changes.deleteStore({ ...call, id: path.id });
      return {
        status: record.state === 'DELETED' ? 200 : 202,
        body: await views.show(call.caller, record),
      };
    },

    retryStore: ({ path, ...call }) =>
      accepted(call.caller, changes.retryStore({ ...call, id: path.id })),

    upgradeStore: ({ path, ...call }) =>
      accepted(call.caller, changes.upgradeStore({ ...call, id: path.id })),

    pauseStore: ({ path, ...call }) =>
      accepted(call.caller, changes.pauseStore({ ...call, id: path.id })),

    resumeStore: ({ path, ...call }) =>
      accepted(call.caller, changes.resumeStore({ ...call, id: path.id })),
  } satisfies Partial<OperationHandlers>;
}
