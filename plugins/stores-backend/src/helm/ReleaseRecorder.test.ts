import type { KubernetesObject } from '../cluster';
import { ReleaseRecorder } from './ReleaseRecorder';

describe('ReleaseRecorder', () => {
  const release = { chart: 'chart', release: 'a', namespace: 'b', values: {} };
  const mayWrite = async () => true;
  let pending: KubernetesObject[];
  let run: jest.Mock;
  let remove: jest.Mock;
  let recorder: ReleaseRecorder;

  beforeEach(() => {
    pending = [];
    run = jest.fn();
    remove = jest.fn();
    recorder = ReleaseRecorder.create({
      helm: { run },
      client: {
        list: async <T extends KubernetesObject>() => pending as T[],
        delete: remove,
      },
    });
  });

  /** Helm ends with an error, and a record that somebody has begun just now is there. */
  async function fail(controller?: AbortController): Promise<void> {
    run.mockImplementationOnce(async () => {
      pending = [
        {
          apiVersion: 'v1',
          kind: 'Secret',
          type: 'helm.sh/release.v1',
          metadata: {
            name: 'sh.helm.release.v1.a.v1',
            uid: 'uid',
            labels: {
              owner: 'helm',
              name: 'a',
              version: '1',
              status: 'pending-install',
              createdAt: String(Math.floor(Date.now() / 1000)),
            },
          },
          data: { release: '' },
        },
      ];
      controller?.abort();
      throw new Error('helm failed');
    });
    await expect(
      recorder.record({ ...release, signal: controller?.signal }, mayWrite),
    ).rejects.toThrow('helm failed');
  }

  it('takes away what a Helm of ours left that was ended', async () => {
    await fail(new AbortController());
    expect(await recorder.record(release, mayWrite)).toBe(true);
    expect(remove).toHaveBeenCalledTimes(1);
  });

  it('leaves alone what somebody else may have begun when ours fails by itself', async () => {
    await fail();
    expect(await recorder.record(release, mayWrite)).toBe(false);
    expect(remove).not.toHaveBeenCalled();
  });
});
