import { change, event, lockLiving } from './requestedChange';
import type { StoreRecord } from './StoreRecord';
import type {
  RequestStorePauseOptions,
  RequestStoreResumeOptions,
} from './StoreRequestOptions';
import type { StoreRow } from './StoreRow';
import type { StoreWriter } from './StoreWriter';

/** The columns of a store that is not paused. */
export const unpaused = {
  paused_until: null,
  pause_reason: null,
  paused_by: null,
} satisfies Partial<StoreRow>;

/** See `StoreRepository.requestPause`. */
export async function requestPause(
  writer: StoreWriter,
  options: RequestStorePauseOptions,
): Promise<StoreRecord> {
  const { actor, until, reason } = options;
  return writer.change(async transaction => {
    const record = await lockLiving(writer, transaction, options);
    return change(writer, transaction, record, {
      columns: { paused_until: until, pause_reason: reason, paused_by: actor },
      events: [
        event(options, {
          type: 'paused',
          message: `Paused until ${until.toISOString()}: ${reason}`,
          details: { until: until.toISOString(), reason },
        }),
      ],
    });
  });
}

/** See `StoreRepository.requestResume`. */
export async function requestResume(
  writer: StoreWriter,
  options: RequestStoreResumeOptions,
): Promise<StoreRecord> {
  return writer.change(async transaction => {
    const record = await lockLiving(writer, transaction, options);
    if (record.pausedUntil === undefined) {
      return { result: record, events: [] };
    }
    return change(writer, transaction, record, {
      columns: unpaused,
      events: [
        event(options, { type: 'resumed', message: 'The pause was ended' }),
      ],
    });
  });
}
