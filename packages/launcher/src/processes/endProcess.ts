import { setTimeout as sleep } from 'node:timers/promises';
import { ProcessRecord, processIdentity } from './ProcessRecord';

/** Options of {@link endProcess}. */
export interface EndProcessOptions {
  /** How long the process may take after SIGTERM before it gets SIGKILL. 0: at once. */
  graceMilliseconds: number;
}

async function isGone(
  record: ProcessRecord,
  deadline: number,
): Promise<boolean> {
  for (;;) {
    if ((await processIdentity(record.pid)) !== record.identity) {
      return true;
    }
    if (Date.now() >= deadline) {
      return false;
    }
    await sleep(50);
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') {
      throw error;
    }
  }
}

/** Ends exactly the recorded process and waits until it is gone. */
export async function endProcess(
  record: ProcessRecord,
  options: EndProcessOptions,
): Promise<void> {
  if (await isGone(record, 0)) {
    return;
  }
  if (options.graceMilliseconds > 0) {
    signal(record.pid, 'SIGTERM');
    if (await isGone(record, Date.now() + options.graceMilliseconds)) {
      return;
    }
  }
  signal(record.pid, 'SIGKILL');
  await isGone(record, Date.now() + 10_000);
}
