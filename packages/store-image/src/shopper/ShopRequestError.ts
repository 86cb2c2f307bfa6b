import { CustomErrorBase } from '@backstage/errors';

/** A shop answered, but not with what was asked for. */
export class ShopRequestError extends CustomErrorBase {
  override name = 'ShopRequestError' as const;

  constructor(message: string, readonly status: number) {
    super(message);
  }
}
