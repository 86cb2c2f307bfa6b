import { readFile, stat } from 'node:fs/promises';
import { InputError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import { parse } from 'yaml';
import { isJsonObject } from './mergeValues';

/** Reads YAML files, again only when they have changed. */
export class YamlFiles {
  static create(): YamlFiles {
    return new YamlFiles();
  }

  private readonly read = new Map<
    string,
    { mtimeMs: number; content: JsonObject }
  >();

  private constructor() {}

  /** @throws InputError if the file holds no YAML mapping */
  async mapping(path: string): Promise<JsonObject> {
    const { mtimeMs } = await stat(path);
    const known = this.read.get(path);
    if (known?.mtimeMs === mtimeMs) return known.content;
    const content: unknown = parse(await readFile(path, 'utf8')) ?? {};
    if (!isJsonObject(content)) {
      throw new InputError(`'${path}' holds no YAML mapping`);
    }
    this.read.set(path, { mtimeMs, content });
    return content;
  }
}
