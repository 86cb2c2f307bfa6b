import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import type { StorePlan } from '@storeyard/backstage-plugin-stores-common';

/** The plans that the configuration offers. */
export class PlanCatalog {
  /** @throws InputError when there is no plan, or the default is none of them */
  static fromConfig(config: Config): PlanCatalog {
    const plans = config.getOptionalConfig('stores.plans');
    const names = plans?.keys() ?? [];
    if (plans === undefined || names.length === 0) {
      throw new InputError(
        "'stores.plans' is empty, expected at least one plan",
      );
    }
    const fallback = config.getOptionalString('stores.defaultPlan') ?? 'small';
    if (!names.includes(fallback)) {
      throw new InputError(
        `'stores.defaultPlan' is '${fallback}', expected one of '${names.join(
          "', '",
        )}'`,
      );
    }
    return new PlanCatalog(
      names.map(name => ({
        name,
        description: plans.getConfig(name).getString('description'),
        default: name === fallback,
      })),
      fallback,
    );
  }

  private constructor(
    private readonly plans: readonly StorePlan[],
    private readonly fallback: string,
  ) {}

  list(): StorePlan[] {
    return [...this.plans];
  }

  /**
   * The name of the plan that is wanted, or of the default one.
   *
   * @throws InputError that lists the plans when there is none of that name
   */
  choose(wanted: string | undefined): string {
    if (wanted === undefined) {
      return this.fallback;
    }
    const names = this.plans.map(({ name }) => name);
    if (!names.includes(wanted)) {
      throw new InputError(
        `plan: unknown plan '${wanted}', expected one of '${names.join(
          "', '",
        )}'`,
      );
    }
    return wanted;
  }
}
