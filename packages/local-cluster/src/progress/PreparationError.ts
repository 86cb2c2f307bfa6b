import { CustomErrorBase } from '@backstage/errors';

/** What a {@link PreparationError} can say beyond its message. */
export interface PreparationErrorOptions {
  /** What a person can do about it: one line, a command where there is one. */
  remedy?: string;
  cause?: unknown;
}

/** A step of making a cluster that failed or could not begin, with what a person can do about it. */
export class PreparationError extends CustomErrorBase {
  override name = 'PreparationError' as const;

  /** What a person can do about it. */
  readonly remedy?: string;

  constructor(message: string, options: PreparationErrorOptions = {}) {
    super(message, options.cause);
    this.remedy = options.remedy;
  }
}
