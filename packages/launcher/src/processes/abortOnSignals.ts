/** Options of {@link abortOnSignals}. */
export interface AbortOnSignalsOptions {
  /** A sentence on what to do next, for whoever interrupted it. */
  advice?: string;
}

/**
 * Runs a task that SIGINT and SIGTERM interrupt, and lets it come to an end in its own way.
 *
 * @throws Error naming the signal, when the task fails after it
 */
export async function abortOnSignals<T>(
  task: (signal: AbortSignal) => Promise<T>,
  { advice }: AbortOnSignalsOptions = {},
): Promise<T> {
  const controller = new AbortController();
  const abort = (name: NodeJS.Signals) =>
    controller.abort(
      new Error([`Interrupted by ${name}.`, advice].filter(Boolean).join(' ')),
    );
  // Not `once`: with no listener left execa takes the signal for nobody's, and ends this process by it.
  process.on('SIGINT', abort);
  process.on('SIGTERM', abort);
  try {
    return await task(controller.signal);
  } catch (error) {
    controller.signal.throwIfAborted();
    throw error;
  } finally {
    process.off('SIGINT', abort);
    process.off('SIGTERM', abort);
  }
}
