import { setTimeout } from 'node:timers/promises';

/** Waits for a condition, for 20 seconds at most. */
export async function until(
  what: string,
  condition: () => boolean,
): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (!condition()) {
    if (Date.now() > deadline) {
      throw new Error(`waited in vain until ${what}`);
    }
    await setTimeout(20);
  }
}

/** Whether a process is there. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
