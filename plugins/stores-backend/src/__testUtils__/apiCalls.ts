import type { StoreState } from '@storeyard/backstage-plugin-stores-common';
import request from 'supertest';
import { guardOf } from '../database';
import type { TestApi } from './testApi';

/** Calls the API below the plugin's address. */
export function call(
  { backend }: TestApi,
  method: 'get' | 'post' | 'patch' | 'delete',
  path: string,
  body?: object,
) {
  const sent = request(backend.server)[method](`/api/stores${path}`);
  return body === undefined ? sent : sent.send(body);
}

/** Takes a store to a state without a cluster. */
export async function bringTo(
  { stores }: TestApi,
  id: string,
  ...states: StoreState[]
): Promise<void> {
  for (const to of states) {
    const record = (await stores.get(id))!;
    await stores.transition({ id, guard: guardOf(record), to, events: [] });
  }
}

/** The kinds of a store's events, oldest first. */
export async function eventTypes(api: TestApi, id: string): Promise<string[]> {
  const { body } = await call(api, 'get', `/${id}/events`);
  return body.items.map(({ type }: { type: string }) => type);
}
