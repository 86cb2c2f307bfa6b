import { readFile, rm } from 'node:fs/promises';
import { z } from 'zod';
import { writePrivateFile } from '../portal/PortalSettings';

const recordSchema = z.object({
  pid: z.number().int().positive(),
  identity: z.string(),
  /** Says which configuration and code it runs. */
  digest: z.string(),
});

/** A process that we started and left running. */
export type ProcessRecord = z.infer<typeof recordSchema>;

/**
 * What tells a process from a later one with the same id: the boot, and the ticks since then at which it
 * began. `undefined` when there is none, or only its remains.
 */
export async function processIdentity(
  pid: number,
): Promise<string | undefined> {
  try {
    const [boot, status] = await Promise.all([
      readFile('/proc/sys/kernel/random/boot_id', 'utf8'),
      readFile(`/proc/${pid}/stat`, 'utf8'),
    ]);
    // The name in parentheses may itself hold spaces and parentheses.
    const fields = status.slice(status.lastIndexOf(')') + 2).split(' ');
    const [state, threads, start] = [fields[0], Number(fields[17]), fields[19]];
    // A killed process keeps its sockets until its last thread has ended, also when its first is a zombie.
    return state === 'Z' && threads <= 1
      ? undefined
      : `${boot.trim()}:${start}`;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ESRCH') {
      return undefined;
    }
    throw error;
  }
}

/** Resolves to the recorded process if it still runs. */
export async function readRunningProcess(
  path: string,
): Promise<ProcessRecord | undefined> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      return undefined;
    }
    throw error;
  }
  const record = recordSchema.parse(JSON.parse(text));
  return (await processIdentity(record.pid)) === record.identity
    ? record
    : undefined;
}

export async function writeProcessRecord(
  path: string,
  record: ProcessRecord,
): Promise<void> {
  await writePrivateFile(path, `${JSON.stringify(record)}\n`);
}

export async function removeProcessRecord(path: string): Promise<void> {
  await rm(path, { force: true });
}
