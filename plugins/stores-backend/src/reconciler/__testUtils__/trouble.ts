import type {
  ContainerLog,
  ContainerStatus,
  EventObject,
  PodObject,
} from '../../cluster';

export function createPod(status: Partial<ContainerStatus>): PodObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'medusa-api-1' },
    status: { containerStatuses: [{ name: 'medusa', ...status }] },
  };
}

export function waiting(reason: string): Partial<ContainerStatus> {
  return { state: { waiting: { reason, message: 'words of the kubelet' } } };
}

export function ended(
  exitCode: number,
  reason: string | undefined,
  restartCount: number,
): Partial<ContainerStatus> {
  return {
    restartCount,
    ready: false,
    lastState: { terminated: { exitCode, reason } },
  };
}

export function logged(
  text: string,
  by: Partial<ContainerLog> = {},
): ContainerLog[] {
  return [{ pod: 'medusa-api-1', container: 'medusa', text, ...by }];
}

export function warning(
  reason: string,
  name: string,
  message: string,
): EventObject {
  return {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { name: `${name}.1` },
    type: 'Warning',
    reason,
    message,
    involvedObject: { name },
  };
}

export function unscheduled(
  message: string | undefined,
  reason = 'Unschedulable',
): PodObject {
  return {
    ...createPod({}),
    status: {
      phase: 'Pending',
      conditions: [
        { type: 'PodReadyToStartContainers', status: 'False' },
        { type: 'PodScheduled', status: 'False', reason, message },
      ],
    },
  };
}
