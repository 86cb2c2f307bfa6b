import { DerivedSecrets, EngineRegistry, MedusaEngine } from '../engines';
import { applied, createRecord } from './__testUtils__/records';
import { HealthInspector } from './HealthInspector';
import { ObservationSchedule } from './ObservationSchedule';

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

describe('HealthInspector', () => {
  it("keeps a store's secrets out of what its crash is told with", async () => {
    const record = createRecord({}, ...applied);
    const [database] = engines
      .get('medusa')
      .secrets({ storeId: record.id, derived });
    const password = database!.data.POSTGRES_PASSWORD!;
    const text = `first line\nno connection to postgres://store:${password}@postgres:5432`;
    const inspector = HealthInspector.create({
      derived,
      engines,
      schedule: ObservationSchedule.create(),
      probe: { probe: async () => ({ ok: false, message: '503' }) },
      design: {
        urls: async () => ({
          storefront: 'http://toys.localhost',
          admin: 'http://toys.localhost/app',
          api: 'http://toys.localhost/store',
        }),
      },
      observer: {
        namespace: async () => ({ exists: false }),
        claims: async () => [],
        pods: async () => [crashed],
        workloads: async () => [],
        troubles: async () => ({
          claims: [],
          warnings: [],
          logs: [{ pod: 'medusa-api-1', container: 'medusa', text }],
        }),
      },
      repository: { getGeneration: async () => undefined },
    });

    const observation = await inspector.inspect(record, {
      namespace: record.namespace,
      nonce: record.nonce,
    });
    const told = JSON.stringify(observation);
    expect(told).toContain(
      'first line\\nno connection to postgres://store:***@',
    );
    expect(told).not.toContain(password);
  });
});
