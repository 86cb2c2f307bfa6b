/** Lets so many at once through; the others wait in the order of their coming. */
export class ProcessLimit {
  static create(options: { atOnce: number }): ProcessLimit {
    return new ProcessLimit(options.atOnce);
  }

  private readonly waiting: (() => void)[] = [];

  private constructor(private free: number) {}

  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.free > 0) this.free -= 1;
    else await new Promise<void>(resolve => this.waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = this.waiting.shift();
      if (next) next();
      else this.free += 1;
    }
  }
}
