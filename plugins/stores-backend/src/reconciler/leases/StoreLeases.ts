import type { LoggerService } from '@backstage/backend-plugin-api';
import { isError } from '@backstage/errors';
import type { Knex } from 'knex';
import { instantNow } from './Instant';
import { LeaseSession } from './LeaseSession';
import { LeaseTable } from './LeaseTable';
import { preferredHolder } from './preferredHolder';
import { newHolder } from './replicaHolder';
import { ReplicaSessions, type LivingReplica } from './ReplicaSessions';

const DURATION_SECONDS = 8;
const RENEWALS_PER_DURATION = 4;
const MARGIN = 0.15;

/** The right to work on a store. */
export interface StoreLease {
  /** Every write of the holder names it; a takeover changes it. */
  epoch: number;
  /** Aborts when the lease ends or is about to. */
  signal: AbortSignal;
}

/** Options of {@link StoreLeases.create}. */
export interface StoreLeasesOptions {
  knex: Knex;
  logger: LoggerService;
  /** How long a replica's leases outlast it, in seconds; 8 unless given. Another goes on after a quarter more at most. */
  durationSeconds?: number;
  /** Whether the database is this process's alone: what sessions are in it are those of processes that died. */
  soleReplica?: boolean;
  /** Of this process, told to whoever asks for the platform's health. */
  version?: string;
}

/**
 * Who works on which store, over all replicas, by the database's clock. A
 * lease is held until its replica stops, dies or hands it over; each has an
 * epoch, so that the database refuses what a former holder writes late.
 */
export class StoreLeases {
  static create(options: StoreLeasesOptions): StoreLeases {
    return new StoreLeases(options);
  }

  private readonly durationMs: number;
  private readonly sessions: ReplicaSessions;
  private readonly table: LeaseTable;
  private session: LeaseSession | undefined;
  private holders: readonly string[] = [];
  private timer: NodeJS.Timeout | undefined;
  private ticking: Promise<void> | undefined;
  private stopped = false;
  private readonly tickListeners = new Set<() => void>();
  private readonly takeOverListeners = new Set<(storeId: string) => void>();

  private constructor(private readonly options: StoreLeasesOptions) {
    this.durationMs = (options.durationSeconds ?? DURATION_SECONDS) * 1000;
    this.table = LeaseTable.create(options);
    this.sessions = ReplicaSessions.create({
      knex: options.knex,
      durationMs: this.durationMs,
    });
  }

  /** Opens a session and keeps it open. */
  async start(): Promise<void> {
    if (this.options.soleReplica) await this.sessions.removeAll();
    await this.openSession();
    this.schedule();
  }

  /** Ends the session: all leases are free at once. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.ticking;
    const { session } = this;
    this.session = undefined;
    session?.end('the replica stops');
    if (session) {
      await this.sessions.close(session.holder).catch(error => {
        // The session runs out by itself then.
        this.options.logger.warn(
          `The leases could not be given back: ${
            isError(error) ? error.message : error
          }`,
        );
      });
    }
  }

  /** Calls back after each renewal. Returns a function that ends it. */
  onTick(listener: () => void): () => void {
    this.tickListeners.add(listener);
    return () => this.tickListeners.delete(listener);
  }

  /** Calls back for each store that is taken over from a replica whose session had run out. */
  onTakeOver(listener: (storeId: string) => void): () => void {
    this.takeOverListeners.add(listener);
    return () => this.takeOverListeners.delete(listener);
  }

  /** Whether the store's lease is held here, as far as this process knows. */
  holds(storeId: string): boolean {
    return Boolean(this.session?.alive && this.session.epochs.has(storeId));
  }

  held(): string[] {
    return this.session?.alive ? [...this.session.epochs.keys()] : [];
  }

  /** How many replicas are alive, as far as this process knows. */
  get replicas(): number {
    return Math.max(1, this.holders.length);
  }

  /** Whether the store is to be worked on here rather than by another replica that is alive. */
  prefers(storeId: string): boolean {
    const holder = this.session?.holder;
    return (
      holder !== undefined && preferredHolder(storeId, this.holders) === holder
    );
  }

  /** The store's lease; undefined when another replica has it. */
  async acquire(storeId: string): Promise<StoreLease | undefined> {
    const { session } = this;
    if (!session?.alive) return undefined;
    const known = session.epochs.get(storeId);
    if (known !== undefined) return { epoch: known, signal: session.signal };
    const taken = await this.table.take(storeId, session.holder);
    if (!taken || !session.alive) return undefined;
    session.epochs.set(storeId, taken.epoch);
    if (taken.previous !== undefined) {
      this.takeOverListeners.forEach(listener => listener(storeId));
    }
    return { epoch: taken.epoch, signal: session.signal };
  }

  /** To be called when the database has another epoch than the lease: it is not ours, whatever this process believes. */
  forget(storeId: string): void {
    this.session?.epochs.delete(storeId);
  }

  /** Gives a lease back; nothing of the store may run here any more. */
  async release(storeId: string): Promise<void> {
    const { session } = this;
    if (!session?.epochs.delete(storeId)) return;
    await this.table.giveBack(storeId, session.holder);
  }

  /** Stores that nobody who is alive holds. */
  async listFree(): Promise<string[]> {
    return await this.table.listFree();
  }

  /** The replicas that are alive and what each of them holds, as the database has it. */
  async listReplicas(): Promise<LivingReplica[]> {
    return await this.sessions.listLiving();
  }

  private async openSession(): Promise<void> {
    const holder = newHolder();
    const openedAt = instantNow();
    await this.sessions.open(holder, this.options.version);
    this.session = LeaseSession.create({
      holder,
      durationMs: this.durationMs,
      marginMs: this.durationMs * MARGIN,
      openedAt,
    });
    this.holders = await this.sessions.list();
  }

  private schedule(): void {
    if (this.stopped) return;
    this.timer = setTimeout(() => {
      this.ticking = this.tick()
        .catch(error => {
          this.options.logger.warn(
            `The leases could not be renewed, the next attempt follows: ${
              isError(error) ? error.message : error
            }`,
          );
        })
        .finally(() => this.schedule());
    }, this.durationMs / RENEWALS_PER_DURATION);
    this.timer.unref();
  }

  private async tick(): Promise<void> {
    await this.renew();
    const ended = await this.sessions.removeExpired();
    if (ended.length > 0) {
      this.options.logger.info(
        `reconcile: the sessions of ${ended
          .map(holder => `'${holder}'`)
          .join(', ')} ran out, their stores are taken over`,
      );
    }
    this.holders = await this.sessions.list();
    this.tickListeners.forEach(listener => listener());
  }

  private async renew(): Promise<void> {
    const { session } = this;
    if (session?.alive) {
      const sentAt = instantNow();
      if (await this.sessions.renew(session.holder)) {
        session.renewed(sentAt);
        return;
      }
      session.end('the database has put an end to it');
    }
    if (session) {
      this.options.logger.warn(
        `reconcile: the session '${session.holder}' and its ${session.epochs.size} leases are lost, a new one begins`,
      );
      await this.sessions.close(session.holder);
    }
    if (!this.stopped) await this.openSession();
  }
}
