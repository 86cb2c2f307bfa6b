/** A promise that is resolved from outside, or given up on after a time. */
export class Deferred {
  resolve: () => void = () => {};
  private readonly promise = new Promise<void>(resolve => {
    this.resolve = resolve;
  });

  async within(milliseconds: number, signal: AbortSignal): Promise<void> {
    let giveUp = () => {};
    const givenUp = new Promise<void>(resolve => {
      giveUp = resolve;
    });
    const timer = setTimeout(giveUp, milliseconds);
    signal.addEventListener('abort', giveUp, { once: true });
    try {
      await Promise.race([this.promise, givenUp]);
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', giveUp);
    }
  }
}
