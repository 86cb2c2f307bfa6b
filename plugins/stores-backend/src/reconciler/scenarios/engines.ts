import type { KubernetesObject, WorkloadObject } from '../../cluster';
import { EngineRegistry, MedusaEngine } from '../../engines';
import { kioskEngine } from '../../engines/__testUtils__/kioskEngine';
import type { OnStage } from '../__testUtils__/useTestCluster';

interface SecretObject extends KubernetesObject {
  data?: Record<string, string>;
}

/** Shops of another kind. */
export function engines(onStage: OnStage): void {
  it.concurrent(
    'gives a second engine its own values, Secrets, probe and login, beside a store of the first',
    onStage(async ({ cluster, portal }) => {
      const orchestrator = await portal.orchestrate(
        {},
        {
          engines: EngineRegistry.create([MedusaEngine.create(), kioskEngine]),
        },
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

      const spec = JSON.stringify(
        await cluster.find<WorkloadObject>(
          'Deployment',
          'medusa-api',
          ready.namespace,
        ),
      );
      expect(spec).toContain('Good morning');
      expect(spec).toContain('"kiosk-shop"');
      expect(spec).not.toContain('shop-credentials');

      const login = await orchestrator.credentials(ready);
      const key = await cluster.find<SecretObject>(
        'Secret',
        'kiosk-shop',
        ready.namespace,
      );
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
    }),
  );
}
