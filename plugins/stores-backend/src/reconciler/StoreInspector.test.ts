import { DerivedSecrets, EngineRegistry, MedusaEngine } from '../engines';
import { applied, createRecord } from './__testUtils__/records';
import { ObservationSchedule } from './ObservationSchedule';
import { StoreInspector, type StoreInspectorOptions } from './StoreInspector';

const derived = DerivedSecrets.create({ secretKey: 'k'.repeat(32) });
const engines = EngineRegistry.create([MedusaEngine.create()]);

const crashed = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'medusa-api-1' },
  status: {
    containerStatuses: [
      {
        name: 'medusa',
        ready: false,
        restartCount: 4,
        state: { waiting: { reason: 'CrashLoopBackOff' } },
        lastState: { terminated: { exitCode: 1 } },
      },
    ],
  },
};

describe('StoreInspector', () => {
  it("keeps a store's secrets out of what its crash is told with", async () => {
    const record = createRecord({}, ...applied);
    const [database] = engines
      .get('medusa')
      .secrets({ storeId: record.id, derived });
    const password = database!.data.POSTGRES_PASSWORD!;
    const text = `first line\nno connection to postgres://store:${password}@postgres:5432`;
    const inspector = StoreInspector.create({
      derived,
      engines,
      schedule: ObservationSchedule.create(),
      probe: { probe: async () => ({ ok: false, message: '503' }) },
      design: { urls: async () => ({ storefront: 'http://toys.localhost' }) },
      observer: {
        namespace: async () => ({ exists: true, ours: true }),
        claims: async () => [],
        pods: async () => [crashed],
        workloads: async () => [],
        troubles: async () => ({
          logs: [{ pod: 'medusa-api-1', container: 'medusa', text }],
        }),
      },
      repository: { getGeneration: async () => undefined },
      drift: { judge: async () => undefined },
    } as unknown as StoreInspectorOptions);

    const observation = await inspector.inspect(record, {
      regular: false,
      signal: new AbortController().signal,
    });
    const told = JSON.stringify(observation);
    expect(told).toContain(
      'first line\\nno connection to postgres://store:***@',
    );
    expect(told).not.toContain(password);
  });
});
