import type { StoreObservation } from '../cluster';
import { facts, ours, refused } from './__testUtils__/planning';
import { applied, createRecord, serving } from './__testUtils__/records';
import { planNextStep } from './planNextStep';
import { APPLIED } from './storeConditions';

describe('planUpgrade', () => {
  const upgrading = (
    state: 'READY' | 'DEGRADED' | 'FAILED',
    reason?: string,
  ) => {
    const record = createRecord(
      { state, observedGeneration: 1, claimUids: {} },
      ...applied,
    );
    return createRecord(
      { ...record, generation: 2 },
      ...(reason
        ? [{ type: 'Applied' as const, status: 'Unknown' as const, reason }]
        : []),
    );
  };
  const old = { ...serving, namespace: ours, claims: [] };
  const trial = (state: object): StoreObservation => ({
    ...old,
    pods: [
      {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: {
          name: 'image-trial-2',
          labels: { 'app.kubernetes.io/component': 'image-trial' },
        },
        spec: { containers: [{}] },
        status: { containerStatuses: [{ name: 'image-0', state }] },
      },
    ],
  });

  it('renders, then tries the images, then switches', () => {
    expect(planNextStep(upgrading('READY'), old, facts).type).toBe('render');
    expect(
      planNextStep(upgrading('READY', APPLIED.rendered), old, facts).type,
    ).toBe('try-images');
    const trying = upgrading('READY', APPLIED.trial);
    expect(planNextStep(trying, trial({ waiting: {} }), facts).type).toBe(
      'wait',
    );
    expect(
      planNextStep(trying, trial({ terminated: { exitCode: 0 } }), facts).type,
    ).toBe('switch-generation');
    expect(
      planNextStep(
        trying,
        trial({ waiting: { reason: 'RunContainerError' } }),
        facts,
      ).type,
    ).toBe('switch-generation');
    expect(
      planNextStep(upgrading('READY', APPLIED.tried), old, facts).type,
    ).toBe('switch-generation');
  });

  it('goes on with the pod that tries the images, or makes it', () => {
    const trying = upgrading('READY', APPLIED.trial);
    const others = trial({ terminated: { exitCode: 0 } }).pods?.map(pod => ({
      ...pod,
      metadata: { ...pod.metadata, name: 'image-trial-1' },
    }));
    for (const pods of [[], others]) {
      expect(planNextStep(trying, { ...old, pods }, facts)).toEqual({
        type: 'try-images',
      });
    }
    expect(planNextStep(trying, old, facts)).toEqual({
      type: 'wait',
      inMs: 500,
    });
  });

  it('does not wait for ever for an image of which nothing is said', () => {
    const trying = upgrading('READY', APPLIED.trial);
    const silent = trial({ waiting: { reason: 'ContainerCreating' } });
    const after = (waitingSeconds: number) =>
      planNextStep(trying, silent, { ...facts, waitingSeconds });
    expect(after(299)).toEqual({ type: 'wait', inMs: 500 });
    expect(after(300)).toMatchObject({
      type: 'fail-upgrade',
      diagnosis: {
        reason: 'Timeout',
        message: 'The image was not there within 300 s',
      },
    });
  });

  it('lets a DEGRADED shop come back meanwhile', () => {
    for (const reason of [APPLIED.rendered, APPLIED.trial]) {
      expect(planNextStep(upgrading('DEGRADED', reason), old, facts).type).toBe(
        'become-ready',
      );
    }
  });

  it('fails without a word to the old shop when an image is not to be had', () => {
    const missing = trial({ waiting: { reason: 'ErrImageNeverPull' } });
    expect(
      planNextStep(upgrading('READY', APPLIED.trial), missing, facts),
    ).toMatchObject({
      type: 'fail-upgrade',
      diagnosis: { reason: 'ImagePullFailed' },
    });
    expect(
      planNextStep(upgrading('READY', APPLIED.upgradeFailed), old, facts),
    ).toEqual({ type: 'rest' });
  });

  it('goes on watching the old shop meanwhile', () => {
    const step = planNextStep(
      upgrading('READY', APPLIED.rendered),
      { ...old, ...refused },
      facts,
    );
    expect(step.type).toBe('degrade');
  });

  it('makes nothing of a generation that failed when the store is FAILED for another cause', () => {
    for (const state of ['FAILED', 'PROVISIONING'] as const) {
      const record = { ...upgrading('FAILED', APPLIED.upgradeFailed), state };
      expect(planNextStep(record, { ...old, ...refused }, facts).type).toBe(
        'wait',
      );
      expect(planNextStep(record, old, facts).type).toBe('become-ready');
    }
  });

  it.each([undefined, APPLIED.trial, APPLIED.tried])(
    'takes a FAILED store to the new generation at once: %s',
    reason => {
      expect(
        planNextStep(
          upgrading('FAILED', reason),
          { ...old, ...refused },
          facts,
        ),
      ).toEqual({ type: 'switch-generation' });
    },
  );

  it.each([
    [APPLIED.requested, 'render'],
    [APPLIED.rendered, 'apply-secrets'],
    [APPLIED.secrets, 'apply-objects'],
  ])('goes on with a switch that was begun: %s', (reason, type) => {
    for (const state of ['PROVISIONING', 'FAILED'] as const) {
      const record = {
        ...upgrading('FAILED', reason),
        state,
        bootStartedAt: new Date(),
      };
      expect(planNextStep(record, { ...old, ...refused }, facts)).toEqual({
        type,
      });
    }
  });
});
