import type { JsonObject } from '@backstage/types';
import type { KubernetesObject, WorkloadObject } from '../cluster';
import { EngineRegistry, MedusaEngine } from '../engines';
import { kioskEngine } from '../engines/__testUtils__/kioskEngine';
import { Portal } from './__testUtils__/Portal';
import { readyStatus } from './__testUtils__/StandInNode';
import { TestCluster } from './__testUtils__/TestCluster';

jest.setTimeout(240_000);

interface SecretObject extends KubernetesObject {
  data?: Record<string, string>;
}

describe('a second engine', () => {
  let cluster: TestCluster;
  let portal: Portal;

  beforeAll(async () => {
    cluster = await TestCluster.start();
    cluster.node.behaviour = readyStatus;
    portal = await Portal.create(cluster);
  });

  afterAll(async () => {
    await portal?.stopAll();
    await cluster?.stop();
  });

  it('has its own values, Secrets, probe and login, beside a store of the first', async () => {
    const orchestrator = await portal.orchestrate(
      {},
      { engines: EngineRegistry.create([MedusaEngine.create(), kioskEngine]) },
    );
    const kiosk = await portal.request({
      name: 'Corner',
      engine: 'kiosk',
      parameters: { greeting: 'Good morning' },
    });
    const shop = await portal.request({ name: 'Shop', parameters: {} });
    [kiosk, shop].forEach(({ id }) => orchestrator.enqueue(id));
    const ready = await portal.until(
      kiosk.id,
      ({ state }) => state === 'READY',
    );
    await portal.until(shop.id, ({ state }) => state === 'READY');

    const deployment = await cluster.admin.get<WorkloadObject>({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'medusa-api', namespace: ready.namespace },
    });
    const spec = JSON.stringify(deployment as unknown as JsonObject);
    expect(spec).toContain('Good morning');
    expect(spec).toContain('"kiosk-shop"');
    expect(spec).not.toContain('shop-credentials');

    const login = await orchestrator.credentials(ready);
    const secrets = await cluster.admin.list<SecretObject>({
      apiVersion: 'v1',
      kind: 'Secret',
      namespace: ready.namespace,
    });
    const key = secrets.find(({ metadata }) => metadata.name === 'kiosk-shop');
    expect(Buffer.from(key?.data?.KIOSK_KEY ?? '', 'base64').toString()).toBe(
      login.password,
    );
    expect(login).toMatchObject({
      email: 'keeper@kiosk.example',
      url: expect.stringMatching(/\/till$/),
    });

    const asked = (id: string) =>
      new Set(
        cluster.ingress.asked
          .filter(each => each.startsWith(`${id}.`))
          .map(each => each.replace(/^[^/]*/, '')),
      );
    expect([...asked(kiosk.id)]).toEqual(['/kiosk/health']);
    expect(asked(shop.id)).toContain('/ready');
  });
});
