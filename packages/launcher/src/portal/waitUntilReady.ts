import { setTimeout as sleep } from 'node:timers/promises';
import { ServiceUnavailableError } from '@backstage/errors';

/** Options of {@link waitUntilReady}. */
export interface WaitUntilReadyOptions {
  baseUrl: string;
  /** Whether there still is a process to wait for. */
  isRunning: () => Promise<boolean>;
  /** Named in the error. */
  log: string;
  timeoutMilliseconds: number;
  signal?: AbortSignal;
}

async function isReady(baseUrl: string): Promise<boolean> {
  try {
    const response = await fetch(`${baseUrl}/.backstage/health/v1/readiness`, {
      signal: AbortSignal.timeout(5_000),
    });
    return response.ok;
  } catch {
    // It doesn't listen yet.
    return false;
  }
}

/** Resolves when the portal says that it is ready; fails at once when its process ends. */
export async function waitUntilReady(
  options: WaitUntilReadyOptions,
): Promise<void> {
  const deadline = Date.now() + options.timeoutMilliseconds;
  for (;;) {
    options.signal?.throwIfAborted();
    if (!(await options.isRunning())) {
      throw new ServiceUnavailableError(
        `The portal ended while it was starting. The reason is at the end of '${options.log}'`,
      );
    }
    if (await isReady(options.baseUrl)) {
      return;
    }
    if (Date.now() >= deadline) {
      throw new ServiceUnavailableError(
        `The portal is not ready after ${
          options.timeoutMilliseconds / 1000
        } s. See '${options.log}'`,
      );
    }
    await sleep(200);
  }
}
