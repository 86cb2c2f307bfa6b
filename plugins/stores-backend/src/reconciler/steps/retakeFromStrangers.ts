import {
  type ClusterClient,
  isConflict,
  type KubernetesObject,
  retakeFields,
} from '../../cluster';
import { asAnswer } from '../asAnswer';
import type { StoreDrift } from '../StoreDrift';
import type { StorePass } from '../StorePass';

const ATTEMPTS_TO_RETAKE = 3;

/** Moves what strangers hold and we never applied to our own entry, so that the apply takes it away. */
export async function retakeFromStrangers(options: {
  client: Pick<ClusterClient, 'get' | 'patch'>;
  drift: Pick<StoreDrift, 'answerOf' | 'live'>;
  pass: StorePass;
  object: KubernetesObject;
}): Promise<void> {
  const { client, drift, object, pass } = options;
  const { record, signal } = pass;
  const answer = (await drift.answerOf(record, object)) ?? asAnswer(object);
  let live = await drift.live(object, signal);
  for (let attempt = 1; live; attempt += 1) {
    const managedFields = retakeFields({ answer, live });
    if (!managedFields) return;
    await pass.checkpoint();
    try {
      await client.patch(
        object,
        {
          operations: [
            {
              op: 'replace',
              path: '/metadata/managedFields',
              value: managedFields,
            },
            // Refused when somebody was quicker: the fields would be another's by then.
            {
              op: 'replace',
              path: '/metadata/resourceVersion',
              value: live.metadata.resourceVersion,
            },
          ],
        },
        { signal },
      );
      return;
    } catch (error) {
      if (!isConflict(error) || attempt === ATTEMPTS_TO_RETAKE) throw error;
      live = await client.get(object, { signal });
    }
  }
}
