import { ClusterPreparationItem } from '@storeyard/backstage-plugin-stores-common';
import { estimateRemaining } from './estimate';

/** A part that will be done, in the order in which parts are counted. */
export interface PlannedPart {
  /** Unique within one preparation. */
  id: string;
  title: string;
  /** Seconds that it takes on two idle cores. */
  estimatedSeconds: number;
}

/** A part, and what became of it. Times are milliseconds since the epoch. */
export type Part = ClusterPreparationItem & {
  estimatedSeconds: number;
  startedAtMs?: number;
  finishedAtMs?: number;
};

/** The parts of one preparation in their order, and how far each is. */
export class PartList {
  readonly #parts = new Map<string, Part>();

  /** @param now - milliseconds since the epoch */
  constructor(private readonly now: () => number) {}

  get size(): number {
    return this.#parts.size;
  }

  /** How many are there by now. */
  get finished(): number {
    return this.#all.filter(({ status }) => ['done', 'kept'].includes(status))
      .length;
  }

  get running(): Part[] {
    return this.#all.filter(({ status }) => status === 'running');
  }

  /** Seconds that the rest is estimated to take. */
  get remainingSeconds(): number {
    return estimateRemaining(
      this.#all.map(part => ({
        ...part,
        elapsedSeconds: this.elapsedSeconds(part),
      })),
    );
  }

  /** Adds parts; one that is known already is left as it is. */
  plan(parts: PlannedPart[]): void {
    for (const { id, title, estimatedSeconds } of parts) {
      if (!this.#parts.has(id)) {
        this.#parts.set(id, { id, title, estimatedSeconds, status: 'waiting' });
      }
    }
  }

  start(id: string): Part {
    return Object.assign(this.#get(id), {
      status: 'running',
      startedAtMs: this.now(),
    });
  }

  advance(id: string, count: { done: number; total: number }): void {
    const { done, total } = count;
    Object.assign(this.#get(id), { done, total, unit: 'packages' });
  }

  finish(id: string, status: 'done' | 'kept'): Part {
    return Object.assign(this.#get(id), { status, finishedAtMs: this.now() });
  }

  /** `undefined` for a part that is unknown or has failed before. */
  fail(id: string): Part | undefined {
    const part = this.#parts.get(id);
    if (!part || part.status === 'failed') {
      return undefined;
    }
    return Object.assign(part, {
      status: 'failed',
      finishedAtMs: this.now(),
    });
  }

  /** The place of a part, from 1. */
  position({ id }: Part): number {
    return [...this.#parts.keys()].indexOf(id) + 1;
  }

  elapsedSeconds({ startedAtMs, finishedAtMs }: Part): number {
    return startedAtMs === undefined
      ? 0
      : ((finishedAtMs ?? this.now()) - startedAtMs) / 1000;
  }

  /** The parts as the portal reads them. */
  snapshot(): ClusterPreparationItem[] {
    return this.#all.map(
      ({ estimatedSeconds, startedAtMs, finishedAtMs, ...part }) => ({
        ...part,
        ...(startedAtMs && { startedAt: new Date(startedAtMs).toISOString() }),
        ...(finishedAtMs && {
          finishedAt: new Date(finishedAtMs).toISOString(),
        }),
      }),
    );
  }

  get #all(): Part[] {
    return [...this.#parts.values()];
  }

  #get(id: string): Part {
    const part = this.#parts.get(id);
    if (!part) {
      const known = [...this.#parts.keys()].join("', '");
      throw new Error(`unknown part '${id}', expected one of '${known}'`);
    }
    return part;
  }
}
