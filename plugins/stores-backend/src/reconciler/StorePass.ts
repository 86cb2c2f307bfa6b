import type { LoggerService } from '@backstage/backend-plugin-api';
import { CustomErrorBase, isError } from '@backstage/errors';
import type { StoreState } from '@storeyard/backstage-plugin-stores-common';
import type { NewStoreEvent } from '../database/NewStoreEvent';
import {
  guardOf,
  type StorePatch,
  type StoreRecord,
} from '../database/StoreRecord';
import type { StoreRepository } from '../database/StoreRepository';
import { LeaseLostError, type StoreLease } from './leases';

/** Each was overtaken by another request of a person. */
const ATTEMPTS_TO_TELL = 10;

/** Somebody else has changed the store since the pass read it: the pass ends and the store is planned anew. */
export class SupersededError extends CustomErrorBase {
  override name = 'SupersededError' as const;
}

/** One pass over one store: the record as read, and the only way in which the pass may write it. */
export class StorePass {
  /** @throws LeaseLostError when the record has another epoch than the lease: what the pass wrote would not be refused */
  static create(options: {
    record: StoreRecord;
    lease: StoreLease;
    repository: StoreRepository;
    signal: AbortSignal;
    logger: LoggerService;
  }): StorePass {
    const { lease, record, repository, logger } = options;
    if (record.leaseEpoch !== lease.epoch) {
      throw new LeaseLostError(
        `store '${record.id}' is at lease epoch ${record.leaseEpoch}, expected ${lease.epoch}`,
      );
    }
    const signal = AbortSignal.any([options.signal, lease.signal]);
    return new StorePass(record, repository, signal, logger);
  }

  private constructor(
    private current: StoreRecord,
    private readonly repository: StoreRepository,
    /** Ends with the loop and with the lease: no request outlasts either. */
    readonly signal: AbortSignal,
    readonly logger: LoggerService,
  ) {}

  get record(): StoreRecord {
    return this.current;
  }

  /** Changes columns and writes events, if nobody else has moved the store meanwhile. */
  async patch(patch: StorePatch, events: NewStoreEvent[] = []): Promise<void> {
    this.signal.throwIfAborted();
    this.current = await this.repository.patch({
      id: this.current.id,
      guard: guardOf(this.current),
      patch,
      events,
    });
  }

  /**
   * Writes events that tell of what was done to the cluster already: they hold whatever else has changed in the record
   * meanwhile. What goes with them is made anew from the record as it is then.
   *
   * @throws SupersededError when the store had changed, once the events are written: the pass knows an older one
   * @throws LeaseLostError when the store is another replica's by now: nothing is written
   */
  async tell(
    events: NewStoreEvent[],
    patchOf: (record: StoreRecord) => StorePatch = () => ({}),
  ): Promise<void> {
    let record = this.current;
    for (let attempt = 1; ; attempt += 1) {
      try {
        const written = await this.repository.patch({
          id: record.id,
          guard: guardOf(record),
          patch: patchOf(record),
          events,
        });
        if (attempt === 1) {
          this.current = written;
          return;
        }
        break;
      } catch (error) {
        if (!isError(error) || error.name !== 'ConflictError') throw error;
        if (attempt === ATTEMPTS_TO_TELL) throw error;
        record = await this.reread();
      }
    }
    throw new SupersededError(
      `Store '${record.id}' is '${record.state}' with request ${record.requestSeq}, expected '${this.current.state}' with request ${this.current.requestSeq}`,
    );
  }

  private async reread(): Promise<StoreRecord> {
    const found = await this.repository.get(this.current.id);
    if (!found || found.leaseEpoch !== this.current.leaseEpoch) {
      throw new LeaseLostError(
        `store '${this.current.id}' is at lease epoch ${found?.leaseEpoch}, expected ${this.current.leaseEpoch}`,
      );
    }
    return found;
  }

  /** Takes a slot to boot if one is free, else a place among those that wait: the record says which. */
  async requestBoot(maximum: number): Promise<void> {
    this.signal.throwIfAborted();
    this.current = await this.repository.requestBoot({
      id: this.current.id,
      guard: guardOf(this.current),
      maximum,
    });
  }

  async transition(
    to: StoreState,
    patch: StorePatch,
    events: NewStoreEvent[],
  ): Promise<void> {
    this.signal.throwIfAborted();
    this.current = await this.repository.transition({
      id: this.current.id,
      guard: guardOf(this.current),
      to,
      patch,
      events,
    });
  }

  /**
   * To be called before each write to the cluster: a person's request ends the pass between two objects.
   *
   * @throws SupersededError when the store has moved on
   */
  async checkpoint(): Promise<void> {
    this.signal.throwIfAborted();
    const found = await this.repository.get(this.current.id);
    const expected = guardOf(this.current);
    if (
      !found ||
      found.state !== expected.state ||
      found.leaseEpoch !== expected.leaseEpoch ||
      found.requestSeq !== expected.requestSeq
    ) {
      throw new SupersededError(
        `Store '${this.current.id}' is '${found?.state}' with request ${found?.requestSeq}, expected '${expected.state}' with request ${expected.requestSeq}`,
      );
    }
  }
}
