import { InputError } from '@backstage/errors';
import type { StoreEngine } from './types';

/** The engines that this installation offers, by name. */
export class EngineRegistry {
  static create(engines: readonly StoreEngine[]): EngineRegistry {
    return new EngineRegistry(
      new Map(engines.map(engine => [engine.name, engine])),
    );
  }

  private constructor(
    private readonly engines: ReadonlyMap<string, StoreEngine>,
  ) {}

  names(): string[] {
    return [...this.engines.keys()].sort();
  }

  /** @throws InputError that lists the known engines */
  get(name: string): StoreEngine {
    const engine = this.engines.get(name);
    if (!engine) {
      const known = this.names()
        .map(candidate => `'${candidate}'`)
        .join(', ');
      throw new InputError(
        `Unknown engine '${name}', expected one of ${known}`,
      );
    }
    return engine;
  }
}
