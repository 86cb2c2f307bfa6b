import { parseEntityRef } from '@backstage/catalog-model';

/** An owner as people call them: `shop-team` for `group:default/shop-team`. */
export function ownerName(ref: string): string {
  try {
    const { namespace, name } = parseEntityRef(ref);
    return namespace === 'default' ? name : `${namespace}/${name}`;
  } catch {
    // A service's subject is no entity ref and is shown as it is.
    return ref;
  }
}
