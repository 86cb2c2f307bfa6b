import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { stringify } from 'yaml';
import { ChartObject, keyOf } from './renderChart';

const byKey = (a: ChartObject, b: ChartObject) =>
  keyOf(a).localeCompare(keyOf(b));

/** What is random differs from run to run; that it is there does not. */
function withoutRandomness(object: ChartObject): ChartObject {
  if (object.kind !== 'Secret' || !object.data) {
    return object;
  }
  const data = Object.fromEntries(
    Object.entries(object.data).map(([key, value]) => [
      key,
      `<${Buffer.from(value, 'base64').length} bytes>`,
    ]),
  );
  return { ...object, data };
}

/**
 * Compares rendered objects with a committed file. `UPDATE_GOLDEN=1` writes the file anew instead, for a look at
 * `git diff`.
 */
export async function expectGolden(
  name: string,
  objects: ChartObject[],
): Promise<void> {
  // eslint-disable-next-line no-restricted-syntax -- tests run from the sources only
  const file = resolve(__dirname, '../golden', `${name}.yaml`);
  const text = [...objects]
    .sort(byKey)
    .map(object => stringify(withoutRandomness(object), { lineWidth: 0 }))
    .join('---\n');
  if (process.env.UPDATE_GOLDEN) {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  }
  expect(text).toBe(await readFile(file, 'utf8'));
}
