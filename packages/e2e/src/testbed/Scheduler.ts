import { readdir, readFile } from 'node:fs/promises';
import { stateDirectory } from '@storeyard/local-cluster';

/** The cluster's scheduler as a process: while it stands still no pod gets a node, and nothing fails for it. */
export class Scheduler {
  static async of(instance: string): Promise<Scheduler> {
    const state = stateDirectory(instance);
    for (const entry of await readdir('/proc')) {
      if (/^\d+$/.test(entry)) {
        const command = await commandOf(entry);
        if (command.includes('kube-scheduler') && command.includes(state)) {
          return new Scheduler(Number(entry));
        }
      }
    }
    throw new Error(`The scheduler of the instance '${instance}' doesn't run`);
  }

  private constructor(private readonly pid: number) {}

  stand(): void {
    process.kill(this.pid, 'SIGSTOP');
  }

  goOn(): void {
    process.kill(this.pid, 'SIGCONT');
  }
}

async function commandOf(pid: string): Promise<string> {
  try {
    return await readFile(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    // It has ended meanwhile.
    return '';
  }
}
