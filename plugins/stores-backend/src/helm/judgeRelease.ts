import { isDeepStrictEqual } from 'node:util';
import type { JsonObject } from '@backstage/types';
import { isPending, type ReleaseRecord } from './readReleaseRecord';

/** A record that Helm has begun and not ended for so long is nobody's any more. */
export const PENDING_FOR_MS = 10 * 60_000;

/** Whether Helm's record says what we recorded, and if not, why. */
export type ReleaseVerdict =
  /** `busy`: somebody's Helm is at work. */
  { is: 'right' | 'busy' } | { is: 'wrong'; why: string };

/** @param values - of the generation that is in the cluster */
export function judgeRelease(options: {
  records: readonly ReleaseRecord[];
  values: JsonObject;
  now: Date;
}): ReleaseVerdict {
  const { now, records, values } = options;
  const [latest] = records;
  if (!latest) return { is: 'wrong', why: 'it was gone' };
  if (isPending(latest)) {
    return now.getTime() - latest.writtenAt.getTime() < PENDING_FOR_MS
      ? { is: 'busy' }
      : { is: 'wrong', why: `it was left '${latest.status}'` };
  }
  if (latest.status !== 'deployed') {
    return {
      is: 'wrong',
      why: `revision ${latest.revision} was '${latest.status}'`,
    };
  }
  return isDeepStrictEqual(latest.values(), values)
    ? { is: 'right' }
    : {
        is: 'wrong',
        why: `revision ${latest.revision} had other values than ours`,
      };
}
