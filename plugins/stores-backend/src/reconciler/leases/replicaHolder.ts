import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';

/** A name for one life of this replica, which tells people where it runs. */
export function newHolder(): string {
  return `${hostname()}:${process.pid}:${randomUUID().slice(0, 8)}`;
}

/** The host that a holder runs on. */
export function hostOf(holder: string): string {
  return holder.split(':')[0] as string;
}
