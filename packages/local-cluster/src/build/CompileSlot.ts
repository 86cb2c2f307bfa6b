/** Lets one at a time through, in the order in which they came. */
export class CompileSlot {
  static create(): CompileSlot {
    return new CompileSlot();
  }

  #last: Promise<void> = Promise.resolve();

  private constructor() {}

  /** Waits for the slot; call what it returns, once or more, to let the next one have it. */
  async acquire(): Promise<() => void> {
    const before = this.#last;
    let release = () => {};
    this.#last = new Promise(resolve => {
      release = resolve;
    });
    await before;
    return release;
  }
}
