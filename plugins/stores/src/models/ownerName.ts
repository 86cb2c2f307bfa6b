/**
 * Who owns or did something, as people call them: `shop-team` for `group:default/shop-team`. A service's subject, such as
 * `plugin:scaffolder`, is no entity ref and is shown as it is.
 */
export function ownerName(ref: string): string {
  const [, namespace, name] = /^[^:/]+:([^:/]+)\/([^:/]+)$/.exec(ref) ?? [];
  if (name === undefined) return ref;
  return namespace === 'default' ? name : `${namespace}/${name}`;
}
