import { facts, ours } from './__testUtils__/planning';
import { applied, createRecord, serving } from './__testUtils__/records';
import { planNextStep } from './planNextStep';
import { DELETION } from './storeConditions';

describe('planDeletion', () => {
  const deleting = (reason?: string) =>
    createRecord({ state: 'DELETING' }, ...applied, {
      type: 'NamespaceReady',
      status: reason ? 'False' : 'True',
      reason,
    });
  const left = {
    namespace: ours,
    claims: [
      {
        apiVersion: 'v1',
        kind: 'PersistentVolumeClaim',
        metadata: { name: 'uploads' },
      },
    ],
  };

  it('takes nothing away while nobody has looked', () => {
    expect(
      planNextStep(deleting(DELETION.namespaceDeleting), {}, facts),
    ).toEqual({ type: 'wait', inMs: 500 });
  });

  it('waits for the label without which we may not touch the namespace', () => {
    const namespace = { ...ours, labels: {} };
    for (const record of [deleting(), deleting(DELETION.workloadsDeleted)]) {
      expect(planNextStep(record, { ...left, namespace }, facts)).toMatchObject(
        { type: 'wait', diagnosis: { reason: 'OwnershipRemoved' } },
      );
    }
  });

  it('begins at the release, also of a store that never came to a namespace', () => {
    const young = createRecord({ state: 'DELETING' });
    expect(planNextStep(young, { namespace: ours }, facts)).toEqual({
      type: 'remove-release',
    });
  });

  it('takes release, workloads and namespace away, in this order', () => {
    expect(planNextStep(deleting(), left, facts)).toEqual({
      type: 'remove-release',
    });
    expect(
      planNextStep(deleting(DELETION.releaseRemoved), left, facts),
    ).toEqual({ type: 'delete-workloads' });
    expect(
      planNextStep(
        deleting(DELETION.workloadsDeleted),
        { namespace: ours },
        facts,
      ),
    ).toEqual({ type: 'delete-namespace', uid: 'uid', underway: false });
  });

  it('waits for claims, but not for ever', () => {
    const record = deleting(DELETION.workloadsDeleted);
    expect(planNextStep(record, left, facts).type).toBe('wait');
    expect(
      planNextStep(record, left, { ...facts, deletingSeconds: 30 }),
    ).toEqual({ type: 'delete-namespace', uid: 'uid', underway: false });
    const pods = [
      { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'postgres-0' } },
    ];
    expect(planNextStep(record, { namespace: ours, pods }, facts).type).toBe(
      'wait',
    );
  });

  it('goes on to the namespace at once when the release alone took too long', () => {
    expect(
      planNextStep(deleting(DELETION.releaseRemoved), left, {
        ...facts,
        deletingSeconds: 30,
      }),
    ).toEqual({ type: 'delete-namespace', uid: 'uid', underway: false });
  });

  it('notes a deletion that was begun before a crash', () => {
    expect(
      planNextStep(
        deleting(DELETION.workloadsDeleted),
        { namespace: { ...ours, terminating: true } },
        facts,
      ),
    ).toEqual({ type: 'delete-namespace', uid: 'uid', underway: true });
  });

  it('names what blocks it', () => {
    const observation = {
      namespace: {
        ...ours,
        terminating: true,
        blockers: ['Some resources are remaining: persistentvolumeclaims.'],
      },
      leftovers: ["claim 'uploads'"],
    };
    const record = deleting(DELETION.namespaceDeleting);
    expect(planNextStep(record, observation, facts)).toEqual({
      type: 'wait',
      inMs: 500,
    });
    expect(
      planNextStep(record, observation, { ...facts, deletingSeconds: 31 }),
    ).toMatchObject({
      type: 'wait',
      diagnosis: {
        reason: 'DeletionBlocked',
        message:
          "Some resources are remaining: persistentvolumeclaims.; claim 'uploads'",
      },
    });
  });

  it('blames nothing while nothing is known to block it', () => {
    const namespace = { ...ours, terminating: true };
    expect(
      planNextStep(
        deleting(DELETION.namespaceDeleting),
        { namespace },
        { ...facts, deletingSeconds: 31 },
      ),
    ).toEqual({ type: 'wait', inMs: 500 });
  });

  describe('when the namespace is gone', () => {
    const gone = (...policies: string[]) => ({
      namespace: { exists: false } as const,
      volumes: policies.map((persistentVolumeReclaimPolicy, index) => ({
        apiVersion: 'v1',
        kind: 'PersistentVolume',
        metadata: { name: `pv-${index + 1}` },
        spec: { persistentVolumeReclaimPolicy },
      })),
    });
    const record = deleting(DELETION.namespaceDeleting);

    it('waits for the volumes that go', () => {
      expect(
        planNextStep(record, gone('Delete', 'Retain', 'Delete'), facts),
      ).toMatchObject({
        type: 'wait',
        inMs: 500,
        diagnosis: {
          reason: 'DeletionBlocked',
          message:
            "The namespace is gone, volumes are still being deleted: 'pv-1', 'pv-3'",
        },
      });
    });

    it('ends with the names of those that stay, if any do', () => {
      expect(planNextStep(record, gone('Retain', 'Retain'), facts)).toEqual({
        type: 'finish-deletion',
        message:
          "Deleted with its namespace 'store-toys-x7k2p'; volumes that stay by their reclaim policy: 'pv-1', 'pv-2'",
      });
      for (const observation of [gone(), { namespace: gone().namespace }]) {
        expect(planNextStep(record, observation, facts)).toEqual({
          type: 'finish-deletion',
          message:
            "Deleted with its namespace 'store-toys-x7k2p' and its volumes",
        });
      }
    });
  });

  it('never touches a namespace that is not ours', () => {
    expect(
      planNextStep(deleting(), { namespace: { ...ours, ours: false } }, facts),
    ).toMatchObject({
      type: 'finish-deletion',
      message: expect.stringContaining('not ours'),
    });
  });
});

describe('planTombstone', () => {
  it('deletes a namespace that comes back at once, and tells of one that comes back late', () => {
    const record = createRecord({
      state: 'DELETED',
      deletedAt: new Date('2026-01-01T00:55:00Z'),
    });
    const back = { namespace: ours };
    expect(planNextStep(record, back, facts)).toEqual({
      type: 'delete-reappeared',
      uid: 'uid',
    });
    const late = { ...record, deletedAt: new Date('2026-01-01T00:49:00Z') };
    expect(planNextStep(late, back, facts)).toEqual({
      type: 'report-reappeared',
    });
    expect(planNextStep({ ...late, message: 'told' }, back, facts).type).toBe(
      'rest',
    );
    expect(
      planNextStep(record, { namespace: { ...ours, ours: false } }, facts).type,
    ).toBe('rest');
  });

  it('does nothing for a store that is gone', () => {
    const record = createRecord({ state: 'DELETED' });
    expect(planNextStep(record, serving, facts)).toEqual({ type: 'rest' });
  });
});
