import {
  createKillingRepository,
  type KillMoment,
} from '../__testUtils__/KillingRepository';
import type { Portal } from '../__testUtils__/Portal';
import { reference } from '../__testUtils__/reference';
import type { OnStage } from '../__testUtils__/useTestCluster';
import { waitFor } from '../__testUtils__/waitFor';
import { CREATION, DELETION, inUsualOrder } from '../__testUtils__/eventOrder';

/** How many writes the making takes at least: database and server become ready in one or in two. */
const WRITES_OF_MAKING = 9;
const WRITES_OF_END = 4;
/** What is to be repaired, and that it was. */
const WRITES_OF_REPAIR = 2;

/** The process dies at each write of a store's making, its end or a repair: another one goes on, and tells each step once. */
export function crashes(onStage: OnStage): void {
  const moments: KillMoment[] = ['before', 'after'];
  const deaths = moments.flatMap(moment =>
    Array.from(
      { length: WRITES_OF_MAKING + 1 },
      (_, index): Death => ({ moment, atWrite: index + 1 }),
    ),
  );

  it.concurrent.each(deaths)(
    'killed just $moment write $atWrite of its making, a store is READY in the end, and killed so in its end, it is DELETED, each event once',
    async death =>
      await onStage(async ({ cluster, portal }) => {
        const { id, namespace } = await portal.request({ name: 'Killed' });
        const diedInMaking = await survive(portal, id, death, async () => {
          const made = await portal.stores.getGeneration(id, 1);
          return made?.releaseRecordedAt !== undefined;
        });
        expect(diedInMaking || death.atWrite > WRITES_OF_MAKING).toBe(true);
        expect(await portal.get(id)).toMatchObject({ state: 'READY' });
        expect(inUsualOrder(await portal.eventTypes(id))).toEqual(CREATION);
        // One more shows that there is no other.
        if (death.atWrite > WRITES_OF_END + 1) return;

        await portal.delete(id);
        const diedInEnd = await survive(
          portal,
          id,
          death,
          async () => (await portal.get(id)).state === 'DELETED',
        );
        expect(diedInEnd).toBe(death.atWrite <= WRITES_OF_END);
        expect(await cluster.namespace(namespace)).toBeUndefined();
        expect(inUsualOrder(await portal.eventTypes(id))).toEqual([
          ...CREATION,
          ...DELETION,
        ]);
      })(),
  );

  it.concurrent.each(
    moments.flatMap(moment =>
      Array.from(
        { length: WRITES_OF_REPAIR },
        (_, index): Death => ({ moment, atWrite: index + 1 }),
      ),
    ),
  )(
    'killed just $moment write $atWrite of a repair, a store is repaired in the end, which is told once',
    async death =>
      await onStage(async ({ cluster, portal }) => {
        const { id, namespace, orchestrator } = await portal.ready('Repaired');
        await portal.untilEvent(id, 'release-recorded');
        await portal.stop(orchestrator);
        const service = reference('Service', 'medusa-api', namespace);
        await cluster.admin.delete(service);
        const isRepaired = async () =>
          (await cluster.admin.get(service)) !== undefined &&
          (await portal.events(id, 'repaired')).length > 0;
        expect(await survive(portal, id, death, isRepaired)).toBe(true);
        // One more look finds nothing that is to be told.
        await rest(portal, id);
        expect(await portal.events(id, 'repaired')).toEqual([
          expect.objectContaining({
            message: expect.stringMatching(/Service 'medusa-api' was deleted$/),
          }),
        ]);
      })(),
  );
}

interface Death {
  moment: KillMoment;
  /** Of the writes to the database, counted from 1. */
  atWrite: number;
}

/** Another process finds nothing to do. */
async function rest(portal: Portal, id: string): Promise<void> {
  let rests = 0;
  const orchestrator = await portal.orchestrate(
    {},
    {
      onStep: (_, { type }) => {
        rests += type === 'rest' ? 1 : 0;
      },
    },
  );
  await portal.eventually(id, async () => rests > 0);
  await portal.stop(orchestrator);
}

/** Dies as told, lets another process go on, and says whether there was such a write at all. */
async function survive(
  portal: Portal,
  id: string,
  death: Death,
  isDone: () => Promise<boolean>,
): Promise<boolean> {
  let died = false;
  const first = await portal.orchestrate(
    {},
    {
      repository: createKillingRepository({
        repository: portal.stores,
        ...death,
        onKilled: () => {
          died = true;
        },
      }),
    },
  );
  first.enqueue(id);
  await waitFor(
    async () => died || (await isDone()),
    () => portal.eventTypes(id),
  );
  await portal.stop(first);
  if (!died) return false;
  const next = await portal.orchestrate();
  await waitFor(isDone, () => portal.eventTypes(id));
  await portal.stop(next);
  return true;
}
