type Child = Node | string | undefined;
type Properties = Record<string, unknown>;

/**
 * An element with properties and children; texts are never read as HTML. A property with a hyphen is set as an attribute.
 */
export function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  properties: Properties = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const created = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key.includes('-') || key === 'role') {
      created.setAttribute(key, String(value));
    } else {
      Object.assign(created, { [key]: value });
    }
  }
  created.append(
    ...children.filter((child): child is Node | string => child !== undefined),
  );
  return created;
}

/** `selector` of the page's fixed part. */
export function find(selector: string): HTMLElement {
  const found = document.querySelector<HTMLElement>(selector);
  if (!found) {
    throw new Error(`The page has no '${selector}'`);
  }
  return found;
}

/** An amount in the shop's currency, written as the shopper's language does. */
export function money(amount: number, currency: string): string {
  return new Intl.NumberFormat(undefined, {
    style: 'currency',
    currency,
  }).format(amount);
}
