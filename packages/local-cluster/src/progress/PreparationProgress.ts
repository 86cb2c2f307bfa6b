import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { ClusterPreparation } from '@storeyard/backstage-plugin-stores-common';
import { Part, PartList, PlannedPart } from './PartList';
import { PreparationError } from './PreparationError';
import { renderItem, renderSummary } from './render';
import { ProgressOutput, Terminal } from './Terminal';

/** Options of {@link PreparationProgress.create}. */
export interface PreparationProgressOptions {
  instance: string;
  /** Path of `progress.json`; absent: no file is written. */
  file?: string;
  /** Path of the log that failures point to. */
  log: string;
  /** Where lines are printed. Default: standard error. */
  output?: ProgressOutput;
  /** Milliseconds since the epoch. Default: the clock. */
  now?: () => number;
}

const heartbeatMs = 2_000;
const redrawMs = 500;
const lineEveryMs = 30_000;

/**
 * Tells how far a preparation is: a line a part in the terminal, and a file for the portal. The file's
 * `updatedAt` moves every two seconds for as long as the process lives.
 */
export class PreparationProgress {
  /** Starts the clock and the heartbeat; end it by `ready`, `fail` or `close`. */
  static create(options: PreparationProgressOptions): PreparationProgress {
    return new PreparationProgress(options);
  }

  readonly #options: PreparationProgressOptions;
  readonly #terminal: Terminal;
  readonly #now: () => number;
  readonly #startedAtMs: number;
  readonly #parts: PartList;
  readonly #timers: NodeJS.Timeout[] = [];
  #status: ClusterPreparation['status'] = 'running';
  #error?: ClusterPreparation['error'];
  #finishedAtMs?: number;
  #lastLineAtMs: number;

  private constructor(options: PreparationProgressOptions) {
    this.#options = options;
    this.#terminal = Terminal.create({
      output: options.output ?? process.stderr,
    });
    this.#now = options.now ?? Date.now;
    this.#parts = new PartList(this.#now);
    this.#startedAtMs = this.#now();
    this.#lastLineAtMs = this.#startedAtMs;
    this.#timers.push(
      setInterval(() => this.tick(), heartbeatMs).unref(),
      setInterval(() => this.#terminal.draw(this.#live()), redrawMs).unref(),
    );
  }

  /** Path of the log that failures point to. */
  get log(): string {
    return this.#options.log;
  }

  /** Adds parts that lie ahead; one that is known already is left as it is. */
  plan(parts: PlannedPart[]): void {
    this.#parts.plan(parts);
    this.#write();
  }

  /** A part begins. */
  start(id: string): void {
    const part = this.#parts.start(id);
    if (this.#terminal.isLive) {
      this.#terminal.draw(this.#live());
    } else {
      this.#print(part);
    }
    this.#write();
  }

  /** A running part came further. */
  advance(id: string, count: { done: number; total: number }): void {
    this.#parts.advance(id, count);
  }

  /** A part is there. `kept`: it was there before. */
  finish(id: string, status: 'done' | 'kept' = 'done'): void {
    this.#print(this.#parts.finish(id, status));
    this.#write();
  }

  /** Prints a line that is about no part. */
  note(line: string): void {
    this.#terminal.print(line, this.#live());
  }

  /** All is there: the file says `ready`, and nothing more is written. */
  ready(): void {
    this.#end('ready');
  }

  /**
   * It came to nothing: the part that ran, if one is named, and the whole are `failed`.
   */
  fail(error: Error, id?: string): void {
    const part = id === undefined ? undefined : this.#parts.fail(id);
    if (part) {
      this.#print(part);
    }
    this.#error ??= {
      message: error.message,
      ...(error instanceof PreparationError && error.remedy
        ? { remedy: error.remedy }
        : {}),
    };
    this.#end('failed');
  }

  /** Stops the heartbeat without a verdict. A file that then says `running` goes stale. */
  close(): void {
    this.#timers.splice(0).forEach(timer => clearInterval(timer));
    this.#terminal.draw([]);
  }

  /** What the file holds now. */
  snapshot(): ClusterPreparation {
    const now = this.#finishedAtMs ?? this.#now();
    return {
      instance: this.#options.instance,
      status: this.#status,
      startedAt: new Date(this.#startedAtMs).toISOString(),
      updatedAt: new Date(this.#now()).toISOString(),
      ...(this.#finishedAtMs && {
        finishedAt: new Date(this.#finishedAtMs).toISOString(),
      }),
      part: Math.min(this.#parts.finished + 1, this.#parts.size),
      parts: this.#parts.size,
      elapsedSeconds: Math.round((now - this.#startedAtMs) / 1000),
      ...(this.#status === 'running' && {
        remainingSeconds: this.#parts.remainingSeconds,
      }),
      log: this.#options.log,
      items: this.#parts.snapshot(),
      ...(this.#error && { error: this.#error }),
    };
  }

  /** One beat: the file is written anew, and where lines can't be redrawn one appears now and then. */
  tick(): void {
    this.#write();
    if (
      !this.#terminal.isLive &&
      this.#now() - this.#lastLineAtMs >= lineEveryMs
    ) {
      for (const line of this.#live()) {
        this.#terminal.print(line, []);
      }
      this.#lastLineAtMs = this.#now();
    }
  }

  #end(status: 'ready' | 'failed'): void {
    this.#status = status;
    this.#finishedAtMs = this.#now();
    this.#write();
    this.close();
  }

  #line(part: Part): string {
    return renderItem({
      position: this.#parts.position(part),
      parts: this.#parts.size,
      item: part,
      elapsedSeconds: this.#parts.elapsedSeconds(part),
    });
  }

  #live(): string[] {
    const { running } = this.#parts;
    if (running.length === 0 || this.#status !== 'running') {
      return [];
    }
    return [
      ...running.map(part => this.#line(part)),
      renderSummary({
        finished: this.#parts.finished,
        parts: this.#parts.size,
        elapsedSeconds: (this.#now() - this.#startedAtMs) / 1000,
        remainingSeconds: this.#parts.remainingSeconds,
        log: this.#options.log,
      }),
    ];
  }

  #print(part: Part): void {
    this.#terminal.print(this.#line(part), this.#live());
  }

  #write(): void {
    const { file } = this.#options;
    if (file === undefined) {
      return;
    }
    mkdirSync(dirname(file), { recursive: true });
    const next = `${file}.next`;
    writeFileSync(next, JSON.stringify(this.snapshot(), undefined, 2));
    renameSync(next, file);
  }
}
