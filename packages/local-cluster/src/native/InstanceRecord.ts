import { readFileSync } from 'node:fs';
import { CgroupLayout } from './cgroups';
import { hasCode } from './hasCode';
import { writeAtomically } from './writeAtomically';

/** What `instance.json` keeps of an instance. */
export interface InstanceRecord {
  instance: string;
  provider: 'native';
  /** On the host's loopback; chosen once. */
  ports: { ingress: number; api: number };
  /** ISO time. */
  createdAt: string;
  /** Of the last start, ISO time; absent while it never ran. */
  startedAt?: string;
  /** Where its processes are, from the moment before the first of them exists. */
  cgroups?: CgroupLayout;
  /** Folder of the programs that it runs with. */
  bin?: string;
  /** Digest of the configuration that it runs with. */
  configuration?: string;
}

/** Reads an instance's record; `undefined` when there is none. */
export function readInstanceRecord(file: string): InstanceRecord | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    if (hasCode(error, 'ENOENT')) {
      return undefined;
    }
    throw error;
  }
}

/** Writes an instance's record as a whole. */
export function writeInstanceRecord(
  file: string,
  record: InstanceRecord,
): void {
  writeAtomically(file, `${JSON.stringify(record, undefined, 2)}\n`);
}
