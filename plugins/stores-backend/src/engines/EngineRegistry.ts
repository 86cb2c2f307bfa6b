import { ConflictError, InputError } from '@backstage/errors';
import type {
  StoreEngine,
  StoreEnginesExtensionPoint,
} from '@storeyard/backstage-plugin-stores-node';

/** The engines that this installation offers, by name. */
export class EngineRegistry implements StoreEnginesExtensionPoint {
  static create(engines: readonly StoreEngine[] = []): EngineRegistry {
    const registry = new EngineRegistry();
    engines.forEach(engine => registry.addEngine(engine));
    return registry;
  }

  private readonly engines = new Map<string, StoreEngine>();

  private constructor() {}

  /** @throws ConflictError when an engine of that name is registered already */
  addEngine(engine: StoreEngine): void {
    if (this.engines.has(engine.name)) {
      throw new ConflictError(
        `The engine '${engine.name}' is registered already, expected each name once`,
      );
    }
    this.engines.set(engine.name, engine);
  }

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
        `engine: unknown engine '${name}', expected one of ${known}`,
      );
    }
    return engine;
  }
}
