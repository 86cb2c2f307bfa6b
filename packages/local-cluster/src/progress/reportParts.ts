import { isError } from '@backstage/errors';
import type { PlannedPart } from './PartList';
import type { PreparationProgress } from './PreparationProgress';

/** Does one part, and tells of its beginning and its end. */
export type RunPart = <T>(
  part: PlannedPart,
  work: () => Promise<T>,
  /** Whether the part was there before. Default: never. */
  isKept?: (result: T) => boolean,
) => Promise<T>;

/** Options of {@link reportParts}. */
export interface ReportPartsOptions {
  progress: PreparationProgress;
  /** An interruption is no failure: the progress is left as it is, for the next call goes on. */
  signal?: AbortSignal;
}

/**
 * Does work that consists of parts, and tells the progress how it ended.
 *
 * @param work - gets a signal that also ends what runs beside a part that failed
 * @throws what `work` throws
 */
export async function reportParts(
  options: ReportPartsOptions,
  work: (runPart: RunPart, signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const { progress, signal: outer } = options;
  const failed = new AbortController();
  const signal = AbortSignal.any([failed.signal, ...(outer ? [outer] : [])]);
  const runPart: RunPart = async ({ id }, make, isKept = () => false) => {
    progress.start(id);
    try {
      const result = await make();
      progress.finish(id, isKept(result) ? 'kept' : 'done');
      return result;
    } catch (error) {
      if (isError(error) && !signal.aborted) {
        progress.fail(error, id);
      }
      throw error;
    }
  };
  try {
    await work(runPart, signal);
    progress.ready();
  } catch (error) {
    failed.abort(error);
    if (outer?.aborted || !isError(error)) {
      progress.close();
    } else {
      progress.fail(error);
    }
    throw error;
  }
}
