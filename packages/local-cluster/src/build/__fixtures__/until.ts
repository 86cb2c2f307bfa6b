import { setTimeout } from 'node:timers/promises';

/** Waits for a condition, for less than a test may take. */
export async function until(
  what: string,
  condition: () => boolean,
): Promise<void> {
  const deadline = Date.now() + 50_000;
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
