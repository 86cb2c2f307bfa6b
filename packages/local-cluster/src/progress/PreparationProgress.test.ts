import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseClusterPreparation } from '@storeyard/backstage-plugin-stores-common';
import { PreparationError } from './PreparationError';
import { PreparationProgress } from './PreparationProgress';

class FakeOutput {
  written = '';

  constructor(readonly isTTY: boolean) {}

  write(text: string) {
    this.written += text;
  }

  get lines() {
    return this.written.split('\n').filter(Boolean);
  }
}

describe('PreparationProgress', () => {
  let folder: string;
  let file: string;
  let now: number;
  const opened: PreparationProgress[] = [];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'progress-'));
    file = join(folder, 'state', 'progress.json');
    now = Date.parse('2026-01-01T00:00:00Z');
  });

  afterEach(() => {
    opened.splice(0).forEach(progress => progress.close());
    rmSync(folder, { recursive: true });
  });

  function create(output = new FakeOutput(false)) {
    const progress = PreparationProgress.create({
      ...{ instance: 'local', file, log: '/cache/build.log', output },
      now: () => now,
    });
    opened.push(progress);
    progress.plan([
      { id: 'kube', title: 'Kubernetes', estimatedSeconds: 100 },
      { id: 'helm', title: 'Helm', estimatedSeconds: 50 },
    ]);
    return { progress, output };
  }

  const read = () => parseClusterPreparation(readFileSync(file, 'utf8'));

  it('writes a file that its reader understands, with the rest estimated', () => {
    const { progress } = create();
    progress.start('kube');
    now += 20_000;
    progress.advance('kube', { done: 20, total: 100 });
    progress.tick();
    expect(read()).toMatchObject({
      ...{ instance: 'local', status: 'running', part: 1, parts: 2 },
      ...{ elapsedSeconds: 20, remainingSeconds: 130, log: '/cache/build.log' },
      startedAt: '2026-01-01T00:00:00.000Z',
      items: [
        { id: 'kube', status: 'running', done: 20, total: 100 },
        { id: 'helm', status: 'waiting' },
      ],
    });
  });

  it('moves updatedAt while nothing else happens, so that a killed run goes stale', () => {
    const { progress } = create();
    progress.start('kube');
    const before = read().updatedAt;
    now += 5_000;
    progress.tick();
    expect(Date.parse(read().updatedAt) - Date.parse(before)).toBe(5_000);
  });

  it('beats by itself', async () => {
    const { progress } = create();
    progress.start('kube');
    now += 7_000;
    const deadline = Date.now() + 50_000;
    while (read().elapsedSeconds !== 7 && Date.now() < deadline) {
      await new Promise(resolve => setImmediate(resolve));
    }
    expect(read().elapsedSeconds).toBe(7);
  });

  it('counts kept parts as finished and is ready at the end', () => {
    const { progress } = create();
    progress.finish('kube', 'kept');
    expect(read()).toMatchObject({ part: 2, remainingSeconds: 50 });
    progress.start('helm');
    progress.finish('helm');
    progress.ready();
    expect(read()).toMatchObject({
      status: 'ready',
      finishedAt: '2026-01-01T00:00:00.000Z',
      items: [{ status: 'kept' }, { status: 'done' }],
    });
    expect(read().remainingSeconds).toBeUndefined();
  });

  it('names the failed part, the message and the remedy', () => {
    const { progress, output } = create();
    progress.start('helm');
    now += 3_000;
    progress.fail(
      new PreparationError("no space at '/cache'", { remedy: 'free some' }),
      'helm',
    );
    expect(read()).toMatchObject({
      status: 'failed',
      error: { message: "no space at '/cache'", remedy: 'free some' },
      items: [{ status: 'waiting' }, { id: 'helm', status: 'failed' }],
    });
    expect(output.lines.at(-1)).toBe('[2/2] Helm: FAILED after 3 s');
  });

  it('keeps the first failure, which caused the others', () => {
    const { progress } = create();
    progress.fail(new Error('first'));
    progress.fail(new Error('second'));
    expect(read().error?.message).toBe('first');
  });

  it('plans a part once, wherever it is planned first', () => {
    const { progress } = create();
    progress.finish('kube', 'kept');
    progress.plan([
      { id: 'kube', title: 'Kubernetes', estimatedSeconds: 1 },
      { id: 'node', title: 'Node', estimatedSeconds: 1 },
    ]);
    expect(read().items.map(({ id, status }) => `${id} ${status}`)).toEqual([
      'kube kept',
      'helm waiting',
      'node waiting',
    ]);
  });

  it('refuses a part that nobody planned', () => {
    const { progress } = create();
    expect(() => progress.start('etcd')).toThrow(
      "unknown part 'etcd', expected one of 'kube', 'helm'",
    );
  });

  it('prints a line at start and end, and every half minute between', () => {
    const { progress, output } = create();
    progress.start('kube');
    for (let seconds = 0; seconds < 60; seconds += 2) {
      now += 2_000;
      progress.tick();
    }
    progress.finish('kube');
    expect(output.lines.filter(line => line.includes('Kubernetes'))).toEqual([
      '[1/2] Kubernetes: started',
      '[1/2] Kubernetes: 30 s',
      '[1/2] Kubernetes: 1 m 00 s',
      '[1/2] Kubernetes: done in 1 m 00 s',
    ]);
  });

  it('redraws in place on a terminal, and leaves finished parts standing', () => {
    const { progress, output } = create(new FakeOutput(true));
    progress.start('kube');
    expect(output.written).toContain('[1/2] Kubernetes: started\n');
    progress.finish('kube');
    // Two lines, the part's and the summary, were drawn and are taken back.
    expect(output.written).toContain(
      '\u001b[2A\u001b[0J[1/2] Kubernetes: done in 0 s\n',
    );
  });
});
