import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import {
  ClusterPreparation,
  ClusterPreparationItem,
} from '@storeyard/backstage-plugin-stores-common';
import { estimateRemaining } from './estimate';
import { PreparationError } from './PreparationError';
import { renderItem, renderSummary } from './render';
import { ProgressOutput, Terminal } from './Terminal';

/** A part that will be done, in the order in which parts are counted. */
export interface PlannedPart {
  /** Unique within one preparation. */
  id: string;
  title: string;
  /** Seconds that it takes on two idle cores. */
  estimatedSeconds: number;
}

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

type Item = ClusterPreparationItem & {
  estimatedSeconds: number;
  startedAtMs?: number;
  finishedAtMs?: number;
};

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
  readonly #items = new Map<string, Item>();
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
    for (const { id, title, estimatedSeconds } of parts) {
      if (!this.#items.has(id)) {
        this.#items.set(id, { id, title, estimatedSeconds, status: 'waiting' });
      }
    }
    this.#write();
  }

  /** A part begins. */
  start(id: string): void {
    const item = this.#get(id);
    item.status = 'running';
    item.startedAtMs = this.#now();
    if (this.#terminal.isLive) {
      this.#terminal.draw(this.#live());
    } else {
      this.#print(item);
    }
    this.#write();
  }

  /** A running part came further. */
  advance(id: string, count: { done: number; total: number }): void {
    const item = this.#get(id);
    item.done = count.done;
    item.total = count.total;
    item.unit = 'packages';
  }

  /** A part is there. `kept`: it was there before. */
  finish(id: string, status: 'done' | 'kept' = 'done'): void {
    const item = this.#get(id);
    item.status = status;
    item.finishedAtMs = this.#now();
    this.#print(item);
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
    const item = id === undefined ? undefined : this.#items.get(id);
    if (item && item.status !== 'failed') {
      item.status = 'failed';
      item.finishedAtMs = this.#now();
      this.#print(item);
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
    const items = [...this.#items.values()];
    const finished = this.#finished();
    return {
      instance: this.#options.instance,
      status: this.#status,
      startedAt: new Date(this.#startedAtMs).toISOString(),
      updatedAt: new Date(this.#now()).toISOString(),
      ...(this.#finishedAtMs && {
        finishedAt: new Date(this.#finishedAtMs).toISOString(),
      }),
      part: Math.min(finished + 1, items.length),
      parts: items.length,
      elapsedSeconds: Math.round((now - this.#startedAtMs) / 1000),
      ...(this.#status === 'running' && {
        remainingSeconds: this.#remaining(),
      }),
      log: this.#options.log,
      items: items.map(
        ({ estimatedSeconds, startedAtMs, finishedAtMs, ...item }) => ({
          ...item,
          ...(startedAtMs && {
            startedAt: new Date(startedAtMs).toISOString(),
          }),
          ...(finishedAtMs && {
            finishedAt: new Date(finishedAtMs).toISOString(),
          }),
        }),
      ),
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

  #get(id: string): Item {
    const item = this.#items.get(id);
    if (!item) {
      throw new Error(
        `unknown part '${id}', expected one of '${[...this.#items.keys()].join(
          "', '",
        )}'`,
      );
    }
    return item;
  }

  #finished(): number {
    return [...this.#items.values()].filter(
      ({ status }) => status === 'done' || status === 'kept',
    ).length;
  }

  #elapsed(item: Item): number {
    if (item.startedAtMs === undefined) {
      return 0;
    }
    return ((item.finishedAtMs ?? this.#now()) - item.startedAtMs) / 1000;
  }

  #remaining(): number {
    return estimateRemaining(
      [...this.#items.values()].map(item => ({
        ...item,
        elapsedSeconds: this.#elapsed(item),
      })),
    );
  }

  #line(item: Item): string {
    return renderItem({
      position: [...this.#items.keys()].indexOf(item.id) + 1,
      parts: this.#items.size,
      item,
      elapsedSeconds: this.#elapsed(item),
    });
  }

  #live(): string[] {
    const running = [...this.#items.values()].filter(
      item => item.status === 'running',
    );
    if (running.length === 0 || this.#status !== 'running') {
      return [];
    }
    return [
      ...running.map(item => this.#line(item)),
      renderSummary({
        finished: this.#finished(),
        parts: this.#items.size,
        elapsedSeconds: (this.#now() - this.#startedAtMs) / 1000,
        remainingSeconds: this.#remaining(),
        log: this.#options.log,
      }),
    ];
  }

  #print(item: Item): void {
    this.#terminal.print(this.#line(item), this.#live());
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
