/** Where progress is printed. `process.stdout` and `process.stderr` are such places. */
export interface ProgressOutput {
  write(text: string): unknown;
  isTTY?: boolean;
  columns?: number;
}

/** Prints lines that stay and, on a TTY, a block of lines below them that is redrawn in place. */
export class Terminal {
  static create(options: { output: ProgressOutput }): Terminal {
    return new Terminal(options.output);
  }

  #drawn = 0;

  private constructor(private readonly output: ProgressOutput) {}

  /** Whether lines can be redrawn in place. */
  get isLive(): boolean {
    return this.output.isTTY === true;
  }

  /** Prints a line that stays. The live block is drawn again below it. */
  print(line: string, live: string[]): void {
    this.#erase();
    this.output.write(`${line}\n`);
    this.draw(live);
  }

  /** Redraws the live block; nothing where the output isn't a TTY. */
  draw(live: string[]): void {
    if (!this.isLive) {
      return;
    }
    this.#erase();
    const columns = this.output.columns ?? 80;
    for (const line of live) {
      this.output.write(`${line.slice(0, columns - 1)}\n`);
    }
    this.#drawn = live.length;
  }

  #erase(): void {
    if (this.#drawn > 0) {
      this.output.write(`\u001b[${this.#drawn}A\u001b[0J`);
      this.#drawn = 0;
    }
  }
}
