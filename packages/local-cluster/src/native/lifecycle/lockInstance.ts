import type { ClusterLogger } from '../../LocalCluster';
import { InstanceLock } from './InstanceLock';

/** Options of {@link lockInstance}. */
export interface LockInstanceOptions {
  instance: string;
  /** The instance's state directory. */
  state: string;
  /** Is told once when another command has it. */
  logger?: ClusterLogger;
  signal?: AbortSignal;
}

/** Does what only one command at a time may do to an instance. */
export function lockInstance<T>(
  options: LockInstanceOptions,
  work: () => Promise<T>,
): Promise<T> {
  const { instance, state, logger, signal } = options;
  return InstanceLock.hold(
    {
      state,
      onWait: () =>
        logger?.info(
          `another command works on instance '${instance}': waiting for it`,
        ),
      signal,
    },
    work,
  );
}
