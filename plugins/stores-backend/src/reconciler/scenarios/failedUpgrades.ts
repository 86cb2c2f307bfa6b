import { GENERATION_ANNOTATION } from '@storeyard/backstage-plugin-stores-common';
import type { PodObject } from '../../cluster';
import { readyStatus } from '../__testUtils__/StandInNode';
import type { OnStage } from '../__testUtils__/useTestCluster';
import { shopOf, untilGeneration, upgrade } from '../__testUtils__/upgrading';

/** An upgrade whose image is not to be had: what ran goes on, and is what is healed. */
export function failedUpgrades(onStage: OnStage): void {
  it.concurrent(
    'goes on as it was when the image of an upgrade is not to be had, until it is',
    onStage(async ({ cluster, portal }) => {
      const { id, namespace, orchestrator } = await portal.ready(
        'Old and good',
      );
      const version = async () =>
        (await shopOf(cluster, namespace))?.metadata.resourceVersion;
      await portal.untilEvent(id, 'release-recorded');
      const before = await version();
      cluster.node.behave(namespace, trialFailingStatus);
      await upgrade(portal, orchestrator, id, {
        parameters: { imageVersion: '9.9.9' },
      });
      const failed = await portal.until(
        id,
        ({ reason }) => reason === 'UpgradeFailed',
      );
      expect(failed).toMatchObject({
        state: 'READY',
        generation: 2,
        observedGeneration: 1,
        imageVersion: '2.18.0',
        message: expect.stringMatching(/generation 1 goes on: ImagePullFailed/),
      });
      expect(await version()).toBe(before);
      expect(
        await cluster.find('Pod', 'image-trial-2', namespace),
      ).toBeUndefined();
      orchestrator.enqueue(id);

      cluster.node.behave(namespace, readyStatus);
      await portal.stores.requestRetry({ id, actor: portal.actor });
      orchestrator.enqueue(id);
      const upgraded = await untilGeneration(portal, id, 2);
      expect(upgraded.reason).toBeUndefined();
      expect(upgraded.imageVersion).toBe('9.9.9');
    }),
  );

  it.concurrent(
    'is healed as what ran when it is FAILED after an upgrade that failed, and upgraded by the next retry',
    onStage(async ({ cluster, portal }) => {
      const { actor } = portal;
      const { id, namespace, orchestrator } = await portal.ready(
        'Twice unlucky',
      );
      cluster.node.behave(namespace, trialFailingStatus);
      await upgrade(portal, orchestrator, id, {
        parameters: { imageVersion: '9.9.9' },
      });
      await portal.until(id, ({ reason }) => reason === 'UpgradeFailed');
      await cluster.patchNamespace(namespace, {
        labels: { 'storeyard.dev/store-id': null },
      });
      await portal.until(id, ({ state }) => state === 'FAILED');
      cluster.ingress.refuse(id);
      await cluster.patchNamespace(namespace, {
        labels: { 'storeyard.dev/store-id': id },
      });
      await portal.stores.requestRetry({ id, actor });
      orchestrator.enqueue(id);
      await portal.until(
        id,
        ({ retry, state }) => !retry && state === 'PROVISIONING',
      );
      cluster.ingress.serve(id);
      const healed = await portal.until(id, ({ state }) => state === 'READY');
      expect(healed).toMatchObject({
        generation: 2,
        observedGeneration: 1,
        imageVersion: '2.18.0',
        reason: 'UpgradeFailed',
      });
      const shop = await shopOf(cluster, namespace);
      expect(shop?.metadata.annotations).toMatchObject({
        [GENERATION_ANNOTATION]: '1',
      });
      expect(await portal.eventTypes(id)).not.toContain('upgrading');

      cluster.node.behave(namespace, readyStatus);
      await portal.stores.requestRetry({ id, actor });
      orchestrator.enqueue(id);
      await untilGeneration(portal, id, 2);
    }),
  );
}

/** The image of an upgrade is not to be had; what runs goes on. */
function trialFailingStatus(pod: PodObject): object {
  if (!pod.metadata.name.startsWith('image-trial')) return readyStatus(pod);
  return {
    phase: 'Pending',
    containerStatuses: [
      {
        name: 'image-0',
        ready: false,
        restartCount: 0,
        image: 'stand-in',
        imageID: '',
        state: { waiting: { reason: 'ErrImageNeverPull', message: 'no' } },
      },
    ],
  };
}
