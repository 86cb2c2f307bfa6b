/** Renders seconds as people say them: `8 s`, `2 min 05 s`. */
export function renderSeconds(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 60) {
    return `${seconds < 10 ? seconds.toFixed(1) : whole} s`;
  }
  const rest = String(whole % 60).padStart(2, '0');
  return `${Math.floor(whole / 60)} min ${rest} s`;
}

/** Prints a line for each part of a start, with its own time and the one in all. */
export class Stopwatch {
  static create(
    print: (line: string) => void,
    now: () => number = () => performance.now(),
  ): Stopwatch {
    return new Stopwatch(print, now);
  }

  private readonly begun: number;
  private last: number;

  private constructor(
    private readonly print: (line: string) => void,
    private readonly now: () => number,
  ) {
    this.begun = now();
    this.last = this.begun;
  }

  lap(title: string): void {
    const now = this.now();
    const part = renderSeconds((now - this.last) / 1000);
    const all = renderSeconds((now - this.begun) / 1000);
    this.print(`${title} (${part}, ${all} in all)`);
    this.last = now;
  }
}
