import type { StoreRepository } from '../database/StoreRepository';

/** No record waits longer than this for other stores. */
const LONGEST_WAIT_MS = 5 * 60_000;

/**
 * Whether a store's release record had better wait: Helm's processes would take from stores that boot what makes them
 * READY. A store that has been READY for five minutes waits no more.
 */
export async function isBootingTime(
  repository: Pick<StoreRepository, 'get' | 'bootQueue'>,
  storeId: string,
): Promise<boolean> {
  const record = await repository.get(storeId);
  const readyMs = Date.now() - (record?.readyAt?.getTime() ?? 0);
  if (readyMs > LONGEST_WAIT_MS) return false;
  const { booting, waiting } = await repository.bootQueue();
  return booting.length + waiting.length > 0;
}
