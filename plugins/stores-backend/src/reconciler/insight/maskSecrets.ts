import type { StoreSecret } from '../../engines';

/** Shorter values are words such as a user's name, and would mask half of the log. */
const leastSecretLength = 12;

/** Takes the values of a store's Secrets out of lines that anybody with the right to read logs may see. */
export function maskSecrets(
  lines: readonly string[],
  secrets: readonly StoreSecret[],
): string[] {
  const values = secrets
    .flatMap(({ data }) => Object.values(data))
    .filter(({ length }) => length >= leastSecretLength)
    .flatMap(value => [
      value,
      encodeURIComponent(value),
      Buffer.from(value).toString('base64'),
    ])
    // A value that holds another goes first.
    .sort((left, right) => right.length - left.length);
  return lines.map(line =>
    values.reduce((masked, value) => masked.replaceAll(value, '***'), line),
  );
}
