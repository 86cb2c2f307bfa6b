import type { NewStoreEvent } from '../../database/NewStoreEvent';
import { findCondition, withConditions } from '../storeConditions';
import type { StorePass } from '../StorePass';
import { finishRepairs, untoldRepairs } from '../storeRepairs';
import { listFindings, sayFindings } from './describeFindings';

/** Tells of all repairs that were begun, and counts them: what comes back again and again is left alone from now on. */
export async function tellRepairs(
  pass: StorePass,
  introduction = '',
): Promise<void> {
  const now = new Date();
  const repaired = untoldRepairs(pass.record);
  const { fought } = finishRepairs(pass.record, now);
  const said = sayFindings(fought);
  const events: NewStoreEvent[] = [
    {
      type: 'repaired',
      message: `${introduction}${sayFindings(repaired)}`,
      details: listFindings(repaired),
    },
  ];
  if (fought.length > 0) {
    events.push({
      type: 'drift-found',
      message: `Comes back again and again and is left alone for five minutes: ${said}`,
      details: listFindings(fought),
    });
  }
  await pass.tell(events, record => ({
    repairs: finishRepairs(record, now).repairs,
    ...((fought.length > 0 || findCondition(record, 'Drifted')) && {
      conditions: withConditions(
        record,
        [
          fought.length > 0
            ? { type: 'Drifted', status: 'True', message: said }
            : { type: 'Drifted', status: 'False' },
        ],
        now,
      ),
    }),
  }));
}
