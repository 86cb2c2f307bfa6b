import { facts, ours, refused } from './__testUtils__/planning';
import { applied, createRecord, serving } from './__testUtils__/records';
import { planNextStep } from './planNextStep';

describe('planNamespaceRepair of a namespace that was changed by hand', () => {
  const record = createRecord(
    { state: 'READY', observedGeneration: 1, claimUids: {} },
    ...applied,
  );
  const wanted = {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      name: record.namespace,
      labels: { 'pod-security.kubernetes.io/enforce': 'restricted' },
      annotations: { 'storeyard.dev/owner': 'group:default/toys' },
    },
  };

  const object = {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: record.namespace },
  };
  const asWanted = {
    ...ours,
    labels: { ...ours.labels, ...wanted.metadata.labels, team: 'toys' },
    annotations: { ...wanted.metadata.annotations, note: 'by hand' },
  };

  it('leaves alone what we say nothing about', () => {
    expect(
      planNextStep(
        record,
        { ...serving, namespace: asWanted },
        { ...facts, namespace: wanted },
      ),
    ).toEqual({ type: 'rest' });
  });

  it('says nothing of what is right beside what is not', () => {
    const namespace = { ...asWanted, annotations: {} };
    const step = planNextStep(
      record,
      { ...serving, namespace },
      { ...facts, namespace: wanted },
    );
    expect(step).toMatchObject({
      type: 'repair-namespace',
      findings: [{ type: 'removed' }],
    });
  });

  it.each([
    ['is somebody else’s', { ours: false }, 'start-over'],
    ['is going', { terminating: true }, 'wait'],
  ])('puts nothing right in a namespace that %s', (_, how, type) => {
    const young = createRecord({}, ...applied);
    const namespace = { ...ours, ...how };
    expect(
      planNextStep(
        young,
        { ...refused, namespace },
        { ...facts, namespace: wanted },
      ).type,
    ).toBe(type);
  });

  it('says with which command our label comes back, and heals with it', () => {
    const namespace = { ...ours, labels: {} };
    const step = planNextStep(record, { ...serving, namespace }, facts);
    expect(step).toMatchObject({
      type: 'fail',
      diagnosis: {
        reason: 'OwnershipRemoved',
        remedy: expect.stringContaining(
          'kubectl label namespace store-toys-x7k2p storeyard.dev/store-id=toys-x7k2p',
        ),
      },
    });
    expect(
      planNextStep(
        { ...record, state: 'FAILED' },
        { ...serving, namespace: ours },
        facts,
      ).type,
    ).toBe('become-ready');
  });

  it('puts Pod Security and the owner right', () => {
    const namespace = {
      ...ours,
      labels: {
        ...ours.labels,
        'pod-security.kubernetes.io/enforce': 'privileged',
      },
    };
    expect(
      planNextStep(
        record,
        { ...serving, namespace },
        { ...facts, namespace: wanted },
      ),
    ).toEqual({
      type: 'repair-namespace',
      uid: 'uid',
      findings: [
        {
          type: 'changed',
          object,
          path: [
            'f:metadata',
            'f:labels',
            'f:pod-security.kubernetes.io/enforce',
          ],
          message:
            "Namespace 'store-toys-x7k2p': label 'pod-security.kubernetes.io/enforce' was 'privileged', expected 'restricted'",
        },
        {
          type: 'removed',
          object,
          path: ['f:metadata', 'f:annotations', 'f:storeyard.dev/owner'],
          message:
            "Namespace 'store-toys-x7k2p': annotation 'storeyard.dev/owner' was 'undefined', expected 'group:default/toys'",
        },
      ],
    });
  });
});
