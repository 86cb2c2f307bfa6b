import { setTimeout as sleep } from 'node:timers/promises';
import { ServiceUnavailableError } from '@backstage/errors';
import { ProcessRecord, processIdentity } from './ProcessRecord';

/** Options of {@link endProcess}. */
export interface EndProcessOptions {
  /** How long the process may take after SIGTERM before it gets SIGKILL. 0: at once. */
  graceMilliseconds: number;
}

const killMilliseconds = 10_000;

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

/**
 * Ends exactly the recorded process and waits until it is gone.
 *
 * @throws ServiceUnavailableError when the kernel doesn't let go of it
 */
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
  if (!(await isGone(record, Date.now() + killMilliseconds))) {
    throw new ServiceUnavailableError(
      `Process ${record.pid} is still there ${
        killMilliseconds / 1000
      } s after SIGKILL: see what it waits for by 'cat /proc/${
        record.pid
      }/stack', and try again when it is gone`,
    );
  }
}
