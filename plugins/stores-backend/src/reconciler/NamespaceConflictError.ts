import { CustomErrorBase } from '@backstage/errors';

/** A namespace with the store's name is there and does not carry the store's nonce: it is somebody else's. */
export class NamespaceConflictError extends CustomErrorBase {
  override name = 'NamespaceConflictError' as const;
}
