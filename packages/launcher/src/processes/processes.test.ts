import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text as readText } from 'node:stream/consumers';
import { nodeTransform } from '../repository/paths';
import { endProcess } from './endProcess';
import {
  processIdentity,
  readRunningProcess,
  writeProcessRecord,
} from './ProcessRecord';
import { runLogged } from './runLogged';
import { startDetached } from './startDetached';
import { withLock } from './withLock';

describe('processes', () => {
  let folder: string;
  let record: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'storeyard-process-'));
    record = join(folder, 'process.json');
  });

  afterEach(async () => {
    const running = await readRunningProcess(record);
    if (running) {
      await endProcess(running, { graceMilliseconds: 0 });
    }
    await rm(folder, { recursive: true });
  });

  const start = (script: string) =>
    startDetached(process.execPath, ['-e', script], {
      cwd: folder,
      env: process.env,
      logFile: join(folder, 'log'),
      digest: 'one',
    });

  const logged = async (text: string, file = join(folder, 'log')) => {
    const deadline = Date.now() + 50_000;
    while (!(await readFile(file, 'utf8')).includes(text)) {
      if (Date.now() > deadline) {
        throw new Error(`'${text}' is not in the log`);
      }
      await new Promise(resolve => setTimeout(resolve, 20));
    }
  };

  it('in the background are found by their record until they end', async () => {
    const started = await start('setInterval(() => {}, 1000)');
    await writeProcessRecord(record, started);
    await expect(readRunningProcess(record)).resolves.toEqual(started);
    await endProcess(started, { graceMilliseconds: 50_000 });
    await expect(readRunningProcess(record)).resolves.toBeUndefined();
  });

  it('are not mistaken for a later process with the same id', async () => {
    await writeProcessRecord(record, {
      pid: process.pid,
      identity: 'an-earlier-boot:1',
      digest: 'one',
    });
    await expect(readRunningProcess(record)).resolves.toBeUndefined();
  });

  it('may end in order, and are killed when they do not', async () => {
    const orderly = await start(
      `process.on('SIGTERM', () => { console.log('ended in order'); process.exit(); }); console.log('up'); setInterval(() => {}, 1000)`,
    );
    await logged('up');
    await endProcess(orderly, { graceMilliseconds: 50_000 });
    await logged('ended in order');

    const stubborn = await start(
      `process.on('SIGTERM', () => {}); console.log('up'); setInterval(() => {}, 1000)`,
    );
    await logged('up');
    await endProcess(stubborn, { graceMilliseconds: 200 });
    await expect(processIdentity(stubborn.pid)).resolves.not.toBe(
      stubborn.identity,
    );
  });

  it('keep the log of the run before', async () => {
    await start(`console.log('first')`);
    await logged('first');
    await start(`console.log('second')`);
    await logged('second');
    await expect(readFile(join(folder, 'log.1'), 'utf8')).resolves.toBe(
      'first\n',
    );
  });

  it('that are waited for leave their command, all that they print and how they ended', async () => {
    const logFile = join(folder, 'logs', 'log');
    const run = (script: string, signal?: AbortSignal) =>
      runLogged(process.execPath, ['-e', script], {
        cwd: folder,
        env: { GREETING: 'hello' },
        logFile,
        signal,
      });
    await expect(
      run('console.log(process.env.GREETING); process.exitCode = 3'),
    ).resolves.toBe(3);
    const controller = new AbortController();
    const ended = run(
      `console.error('up'); setInterval(() => {}, 1000)`,
      controller.signal,
    );
    await logged('\nup\n', logFile);
    controller.abort();
    await expect(ended).resolves.toBe(1);
    await expect(readFile(logFile, 'utf8')).resolves.toMatch(
      /^\$ .*node.* -e .*\nhello\n\$ .*\nup\n$/,
    );
  });

  it.each<NodeJS.Signals>(['SIGINT', 'SIGTERM'])(
    'that %s interrupts while they wait for another come to an end in their own way',
    async name => {
      const logFile = join(folder, 'log');
      await writeFile(logFile, '');
      const script = `
        const { abortOnSignals } = require('./abortOnSignals');
        const { runLogged } = require('./runLogged');
        const logFile = ${JSON.stringify(logFile)};
        abortOnSignals(async signal => {
          await runLogged('sleep', ['50'], { cwd: '.', logFile, signal });
          await new Promise(resolve => setTimeout(resolve, 100));
          console.log('cleaned up');
          signal.throwIfAborted();
        }, { advice: 'Go on.' }).catch(error => console.log(error.message));
      `;
      const child = spawn(
        process.execPath,
        [...nodeTransform, '--eval', script],
        { cwd: __dirname, stdio: ['ignore', 'pipe', 'ignore'] },
      );
      try {
        const output = readText(child.stdout);
        await logged('$ sleep 50');
        child.kill(name);
        await expect(output).resolves.toBe(
          `cleaned up\nInterrupted by ${name}. Go on.\n`,
        );
      } finally {
        child.kill('SIGKILL');
      }
    },
  );

  it('hold a lock one after the other', async () => {
    const path = join(folder, 'lock');
    const order: string[] = [];
    await withLock({ path }, async () => {
      order.push('first');
      await expect(withLock({ path }, async () => {})).rejects.toThrow(
        'held by this process already',
      );
    });
    await withLock({ path }, async () => order.push('second'));
    expect(order).toEqual(['first', 'second']);
    expect(existsSync(path)).toBe(false);
  });

  it('leave a lock that can be taken over when they are killed', async () => {
    const path = join(folder, 'lock');
    const gone = spawn(process.execPath, ['-e', '']);
    const { pid } = gone;
    await new Promise(resolve => gone.on('close', resolve));
    await writeFile(path, `${pid} boot:1`);
    await expect(withLock({ path }, async () => 'taken')).resolves.toBe(
      'taken',
    );
  });
});
