/** Runs a task that SIGINT and SIGTERM interrupt. */
export async function abortOnSignals<T>(
  task: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const abort = (name: NodeJS.Signals) =>
    controller.abort(
      new Error(
        `Interrupted by ${name}. Nothing is lost: npm start goes on where it was.`,
      ),
    );
  process.once('SIGINT', abort);
  process.once('SIGTERM', abort);
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
