import { ClusterPreparationItem } from '@storeyard/backstage-plugin-stores-common';
import { formatDuration, renderItem, renderSummary } from './render';

describe('formatDuration', () => {
  it.each([
    [0.4, '0 s'],
    [59.4, '59 s'],
    [59.5, '1 m 00 s'],
    [60, '1 m 00 s'],
    [247, '4 m 07 s'],
    [3_599, '59 m 59 s'],
    [3_600, '1 h 00 m'],
    [3_725, '1 h 02 m'],
  ])('shows %d seconds as %s', (seconds, shown) => {
    expect(formatDuration(seconds)).toBe(shown);
  });
});

describe('renderItem', () => {
  const line = (
    item: Partial<ClusterPreparationItem>,
    elapsedSeconds?: number,
  ) =>
    renderItem({
      ...{ position: 3, parts: 14, elapsedSeconds },
      item: { id: 'kube', title: 'Kubernetes', status: 'waiting', ...item },
    });

  it.each<[Partial<ClusterPreparationItem>, number, string]>([
    [{ status: 'waiting' }, 0, '[ 3/14] Kubernetes: waits'],
    [{ status: 'running' }, 0, '[ 3/14] Kubernetes: started'],
    [{ status: 'running' }, 70, '[ 3/14] Kubernetes: 1 m 10 s'],
    [
      { status: 'running', done: 812, total: 2841, unit: 'packages' },
      70,
      '[ 3/14] Kubernetes: 812 of 2841 packages, 1 m 10 s',
    ],
    [
      { status: 'running', total: 3 },
      70,
      '[ 3/14] Kubernetes: 0 of 3, 1 m 10 s',
    ],
    [
      { status: 'done', done: 2841, total: 2841, unit: 'packages' },
      254,
      '[ 3/14] Kubernetes: done in 4 m 14 s',
    ],
    [{ status: 'kept' }, 0, '[ 3/14] Kubernetes: kept'],
    [{ status: 'failed' }, 12, '[ 3/14] Kubernetes: FAILED after 12 s'],
  ])('renders %j after %d s', (item, elapsedSeconds, shown) => {
    expect(line(item, elapsedSeconds)).toBe(shown);
  });
});

it('renders what began without a time to tell', () => {
  const item = { id: 'kube', title: 'Kubernetes', status: 'running' } as const;
  expect(renderItem({ position: 3, parts: 9, item })).toBe(
    '[3/9] Kubernetes: started',
  );
});

describe('renderSummary', () => {
  it('says how far it is, how long it will be, and where the log is', () => {
    const summary = renderSummary({
      ...{ finished: 3, parts: 14, log: '/cache/build.log' },
      ...{ elapsedSeconds: 90, remainingSeconds: 400 },
    });
    expect(summary).toBe(
      '3 of 14 parts, 1 m 30 s, about 6 m 40 s left. Interrupting is safe: the next start goes on. Log: /cache/build.log',
    );
  });

  it('says nothing of a rest that is not known', () => {
    expect(
      renderSummary({ finished: 3, parts: 14, elapsedSeconds: 90, log: 'l' }),
    ).toMatch(/^3 of 14 parts, 1 m 30 s\. /);
  });
});
