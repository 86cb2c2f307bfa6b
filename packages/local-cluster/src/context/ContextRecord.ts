import { readFileSync } from 'node:fs';
import type { ClusterPorts } from '../LocalCluster';
import { hasCode } from '../native/hasCode';

/** What `instance.json` keeps of a context that is used as a cluster. */
export interface ContextRecord {
  instance: string;
  provider: 'context';
  context: string;
  ports: ClusterPorts;
  /** ISO time. */
  createdAt: string;
}

/** Reads the record of a context's instance; `undefined` when there is none. */
export function readContextRecord(file: string): ContextRecord | undefined {
  try {
    const record = JSON.parse(readFileSync(file, 'utf8'));
    return record.provider === 'context' ? record : undefined;
  } catch (error) {
    if (hasCode(error, 'ENOENT')) {
      return undefined;
    }
    throw error;
  }
}
