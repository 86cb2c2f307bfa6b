import {
  parseClusterPreparation,
  type ClusterPreparation,
} from './ClusterPreparation';

const preparation: ClusterPreparation = {
  instance: 'local',
  status: 'failed',
  startedAt: '2026-01-02T03:04:05.000Z',
  updatedAt: '2026-01-02T03:05:05.000Z',
  finishedAt: '2026-01-02T03:05:05.000Z',
  part: 2,
  parts: 5,
  elapsedSeconds: 60,
  remainingSeconds: 120,
  log: '/state/logs/up.log',
  items: [
    {
      id: 'check',
      title: 'Checks',
      status: 'done',
      startedAt: '2026-01-02T03:04:05.000Z',
      finishedAt: '2026-01-02T03:04:06.000Z',
    },
    {
      id: 'build',
      title: 'Programs',
      status: 'running',
      done: 3,
      total: 9,
      unit: 'packages',
    },
  ],
  error: { message: 'no compiler', remedy: 'install gcc' },
};

it('reads what was written', () => {
  expect(parseClusterPreparation(JSON.stringify(preparation))).toEqual(
    preparation,
  );
});

it('lets later versions write more', () => {
  const text = JSON.stringify({ ...preparation, later: 1 });
  expect(parseClusterPreparation(text)).toEqual(preparation);
});

it.each([
  ['half a file', JSON.stringify(preparation).slice(0, 50)],
  ['no object', 'null'],
  ['another status', JSON.stringify({ ...preparation, status: 'fine' })],
  ['no items', JSON.stringify({ ...preparation, items: undefined })],
  ['a time that is none', JSON.stringify({ ...preparation, startedAt: 'now' })],
])('refuses %s', (_, text) => {
  expect(() => parseClusterPreparation(text)).toThrow();
});
