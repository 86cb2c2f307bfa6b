import { instancePaths } from './instancePaths';
import { readInstanceRecord } from './InstanceRecord';
import { firstProcess } from './lifecycle/instanceProcess';

/** Whether an instance with this state directory runs, and the ports that it has chosen. */
export function isInstanceRunning(state: string): {
  isRunning: boolean;
  ports: number[];
} {
  const paths = instancePaths(state);
  const record = readInstanceRecord(paths.record);
  return {
    isRunning:
      record !== undefined && firstProcess(paths, record) !== undefined,
    ports: record ? [record.ports.ingress, record.ports.api] : [],
  };
}
