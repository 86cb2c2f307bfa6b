import type {
  Store,
  StoreState,
} from '@storeyard/backstage-plugin-stores-common';
import { runStart, StartSteps } from './runStart';

const portal = { baseUrl: 'http://localhost:7007', token: 'token' };

function recordSteps(overrides: Partial<StartSteps> = {}) {
  const done: string[] = [];
  const record =
    <Args extends unknown[], T>(name: string, step: (...args: Args) => T) =>
    (...args: Args) => {
      done.push(name);
      return step(...args);
    };
  const steps: StartSteps = {
    check: record('check', overrides.check ?? (async () => {})),
    startPortal: record(
      'portal',
      overrides.startPortal ?? (async () => portal),
    ),
    bringCluster: record('cluster', overrides.bringCluster ?? (async () => {})),
    bringDemoStore: record(
      'demo',
      overrides.bringDemoStore ?? (async () => ({ state: 'READY' } as Store)),
    ),
    summarize: record('summary', overrides.summarize ?? (async () => ['all'])),
  };
  return { steps, done };
}

describe('runStart', () => {
  const signal = new AbortController().signal;
  const print = jest.fn();

  beforeEach(() => print.mockReset());

  it('brings the portal before the cluster, and again with what the cluster knows', async () => {
    const { steps, done } = recordSteps();
    await expect(runStart({ steps, print, signal })).resolves.toBe(0);
    expect(done).toEqual([
      'check',
      'portal',
      'cluster',
      'portal',
      'demo',
      'summary',
    ]);
    expect(print).toHaveBeenLastCalledWith('all');
  });

  it('changes nothing when a check fails', async () => {
    const { steps, done } = recordSteps({
      check: () => Promise.reject(new Error('not root')),
    });
    await expect(runStart({ steps, print, signal })).rejects.toThrow(
      'not root',
    );
    expect(done).toEqual(['check']);
  });

  it('stops at an interruption, and does all steps again at the next start', async () => {
    const controller = new AbortController();
    const first = recordSteps({
      bringCluster: async () => controller.abort(new Error('interrupted')),
    });
    await expect(
      runStart({ steps: first.steps, print, signal: controller.signal }),
    ).rejects.toThrow('interrupted');
    expect(first.done).toEqual(['check', 'portal', 'cluster']);

    const second = recordSteps();
    await runStart({ steps: second.steps, print, signal });
    expect(second.done).toContain('demo');
    expect(second.done.slice(0, 3)).toEqual(first.done);
  });

  it.each([
    ['FAILED', 1],
    ['DELETED', 0],
  ] as const)(
    'tells the rest all the same when the demo store is %s, and ends with %d',
    async (state: StoreState, code) => {
      const { steps, done } = recordSteps({
        bringDemoStore: async () => ({ state } as Store),
      });
      await expect(runStart({ steps, print, signal })).resolves.toBe(code);
      expect(done).toContain('summary');
    },
  );
});
