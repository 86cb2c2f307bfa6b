import { describePods, isNodeReady, isPodReady } from './readiness';

const since = new Date('2026-01-01T12:00:00.700Z');
const before = '2026-01-01T11:59:59Z';
const after = '2026-01-01T12:00:00Z';

const node = (status: string, lastHeartbeatTime: string) => ({
  status: {
    conditions: [{ type: 'Ready', status, lastHeartbeatTime }],
    nodeInfo: { kubeletVersion: 'v1' },
  },
});

const pod = (options: {
  ready?: string;
  startedAt?: string;
  deletionTimestamp?: string;
}) => ({
  metadata: {
    name: 'web',
    ...(options.deletionTimestamp && {
      deletionTimestamp: options.deletionTimestamp,
    }),
  },
  status: {
    conditions: [{ type: 'Ready', status: options.ready ?? 'True' }],
    containerStatuses: [
      {
        image: 'web:1',
        state: options.startedAt
          ? { running: { startedAt: options.startedAt } }
          : { waiting: { reason: 'ErrImageNeverPull', message: 'no image' } },
      },
    ],
  },
});

describe('isNodeReady', () => {
  it('believes what the kubelet of this start says', () => {
    expect(isNodeReady(node('True', after), since)).toBe(true);
    expect(isNodeReady(node('False', after), since)).toBe(false);
  });

  it('does not believe what one said before a restart', () => {
    expect(isNodeReady(node('True', before), since)).toBe(false);
  });
});

describe('isPodReady', () => {
  it('wants containers of this start', () => {
    expect(isPodReady(pod({ startedAt: after }), since)).toBe(true);
    expect(isPodReady(pod({ startedAt: before }), since)).toBe(false);
  });

  it('is false for one that is not ready, starts, or goes', () => {
    expect(isPodReady(pod({ startedAt: after, ready: 'False' }), since)).toBe(
      false,
    );
    expect(isPodReady(pod({}), since)).toBe(false);
    expect(
      isPodReady(pod({ startedAt: after, deletionTimestamp: after }), since),
    ).toBe(false);
  });
});

describe('describePods', () => {
  it('says why a container waits', () => {
    expect(describePods([pod({})])).toBe('web: ErrImageNeverPull no image');
  });

  it('says when there is none', () => {
    expect(describePods([])).toBe('no pod');
  });
});
