import type { StoreRepository } from '../../database/StoreRepository';

const WRITES = [
  'transition',
  'patch',
  'saveGeneration',
  'markReleaseRecorded',
] as const;
const READS = ['get', 'getGeneration', 'listUnfinished'] as const;

export type KillMoment = 'before' | 'after';

export interface KillingRepositoryOptions {
  repository: StoreRepository;
  /** Counted from 1. */
  atWrite: number;
  moment: KillMoment;
  onKilled(): void;
}

type Call = (...args: unknown[]) => Promise<unknown>;

class Life {
  private writes = 0;
  private dead = false;

  constructor(private readonly options: KillingRepositoryOptions) {}

  bind(call: Call, isWrite: boolean): Call {
    return async (...args) => {
      if (this.dead) throw new Error('killed');
      if (!isWrite) return await call(...args);
      this.writes += 1;
      const last = this.writes === this.options.atWrite;
      if (last && this.options.moment === 'before') this.end();
      const result = await call(...args);
      if (last) this.end();
      return result;
    };
  }

  private end(): never {
    this.dead = true;
    this.options.onKilled();
    throw new Error('killed');
  }
}

/**
 * A repository whose process dies at its n-th write: just before, when the cluster knows already what the database does
 * not, or just after. From then on nothing gets through, as nothing does from a process that is gone.
 */
export function createKillingRepository(
  options: KillingRepositoryOptions,
): StoreRepository {
  const { repository } = options;
  const life = new Life(options);
  const killing: StoreRepository = Object.create(repository);
  const replace = (
    names: readonly (keyof StoreRepository)[],
    isWrite: boolean,
  ) =>
    names.forEach(name =>
      Object.defineProperty(killing, name, {
        value: life.bind((repository[name] as Call).bind(repository), isWrite),
      }),
    );
  replace(WRITES, true);
  replace(READS, false);
  return killing;
}
