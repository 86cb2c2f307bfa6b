import type { NamespaceFacts, StoreObservation } from '../cluster';
import { createClaim, ours } from './__testUtils__/planning';
import { createRecord } from './__testUtils__/records';
import {
  diagnoseLoss,
  diagnoseOwnership,
  diagnoseVolumeDeletion,
} from './diagnoseLoss';

const claimUids = { uploads: 'u1', 'data-postgres-0': 'u2' };
const claims = [
  createClaim('uploads', 'u1'),
  createClaim('data-postgres-0', 'u2'),
];

describe('diagnoseLoss', () => {
  const record = createRecord({ state: 'PROVISIONING', claimUids });
  const losses: [StoreObservation, string][] = [
    [
      { namespace: { exists: false } },
      "The namespace 'store-toys-x7k2p' is gone, and the store's data with it",
    ],
    [
      { namespace: { ...ours, ours: false } },
      "The namespace 'store-toys-x7k2p' was replaced by one that is not ours",
    ],
    [
      { namespace: { ...ours, terminating: true } },
      "Somebody deleted the namespace 'store-toys-x7k2p': the store's data goes with it",
    ],
    [
      { namespace: ours, claims: claims.slice(0, 1) },
      "The volume claim 'data-postgres-0' with uid 'u2' is gone",
    ],
    [
      { claims: [createClaim('uploads', 'u9'), claims[1]!] },
      "The volume claim 'uploads' has uid 'u9', expected 'u1': an empty volume is in the place of the one with the data",
    ],
  ];

  it.each(losses)('says what is lost: %j', (observation, message) => {
    expect(diagnoseLoss(record, observation)).toMatchObject({
      reason: 'DataLost',
      message,
      patienceSeconds: 0,
    });
  });

  it.each<[string, StoreObservation]>([
    ['what was not looked at', {}],
    ['a namespace whose claims were not looked at', { namespace: ours }],
    [
      'all that there was, and more',
      { namespace: ours, claims: [...claims, createClaim('new', 'u3')] },
    ],
  ])('finds no loss in %s', (_, observation) => {
    expect(diagnoseLoss(record, observation)).toBeUndefined();
  });

  it.each([
    ['READY', true],
    ['DEGRADED', true],
    ['PROVISIONING', false],
    ['FAILED', false],
  ] as const)(
    'takes a %s store whose claims were not recorded for one with data: %s',
    (state, expected) => {
      const young = createRecord({ state });
      const observation = { namespace: { exists: false } as const };
      expect(diagnoseLoss(young, observation) !== undefined).toBe(expected);
      expect(diagnoseLoss(young, { claims })).toBeUndefined();
    },
  );
});

describe('diagnoseVolumeDeletion', () => {
  const record = createRecord({ claimUids });
  const going = { deletionTimestamp: '2026-01-01T00:00:00Z' };

  it('says which volume goes, and what still holds it', () => {
    const finalizers = ['kubernetes.io/pvc-protection', 'example.org/backup'];
    const claim = createClaim('data-postgres-0', 'u2', {
      ...going,
      finalizers,
    });
    expect(
      diagnoseVolumeDeletion(record, { claims: [claims[0]!, claim] }),
    ).toMatchObject({
      reason: 'VolumeBeingDeleted',
      message:
        "The volume claim 'data-postgres-0' was deleted at 2026-01-01T00:00:00Z and goes when its pod ends (kubernetes.io/pvc-protection, example.org/backup)",
      patienceSeconds: 0,
    });
  });

  it.each([
    ['is not the one with the data', createClaim('uploads', 'u9', going)],
    ['never had any', createClaim('cache', 'u3', going)],
    ['stays', claims[0]!],
  ])('does not mind a volume that %s', (_, claim) => {
    expect(diagnoseVolumeDeletion(record, { claims: [claim] })).toBeUndefined();
    expect(diagnoseVolumeDeletion(record, {})).toBeUndefined();
    expect(
      diagnoseVolumeDeletion(createRecord(), { claims: [claim] }),
    ).toBeUndefined();
  });
});

describe('diagnoseOwnership', () => {
  const record = createRecord();
  const judge = (namespace?: NamespaceFacts) =>
    diagnoseOwnership(record, { namespace })?.message;

  it.each([
    [{}, 'no more'],
    [{ 'storeyard.dev/store-id': 'books-a1b2c' }, "as 'books-a1b2c'"],
  ])('says what became of our label: %j', (labels, words) => {
    expect(judge({ ...ours, labels })).toBe(
      `The namespace 'store-toys-x7k2p' has the label 'storeyard.dev/store-id' ${words}, expected 'toys-x7k2p'`,
    );
  });

  it('has nothing to say of a namespace with it, nor of one that is not ours to label', () => {
    const labels = {};
    expect(judge(ours)).toBeUndefined();
    expect(judge(undefined)).toBeUndefined();
    expect(judge({ exists: false })).toBeUndefined();
    expect(judge({ ...ours, labels, ours: false })).toBeUndefined();
    expect(judge({ ...ours, labels, terminating: true })).toBeUndefined();
  });
});
