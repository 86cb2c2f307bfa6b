import { createHash } from 'node:crypto';

/**
 * Which of the replicas a store belongs to while nothing speaks against it:
 * the same answer everywhere, and a replica that comes or goes moves only its
 * own share.
 */
export function preferredHolder(
  storeId: string,
  holders: readonly string[],
): string | undefined {
  let preferred: { holder: string; weight: string } | undefined;
  for (const holder of holders) {
    const weight = createHash('sha1')
      .update(`${holder} ${storeId}`)
      .digest('hex');
    if (preferred === undefined || weight > preferred.weight) {
      preferred = { holder, weight };
    }
  }
  return preferred?.holder;
}
