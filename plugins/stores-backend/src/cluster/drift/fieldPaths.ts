import { isDeepStrictEqual } from 'node:util';
import type { FieldsV1 } from '../types';

/** The segments of a field's path as field managers write them: `f:spec`, `k:{"name":"http"}`, `v:"x"`, `i:0`. */
export type FieldPath = readonly string[];

/** A path that somebody holds: with its whole value, or (`self`) only that there is such an item. */
export interface HeldPath {
  path: FieldPath;
  self: boolean;
}

/** Every path that a set of fields holds. */
export function heldPaths(
  fields: FieldsV1 | undefined,
  above: FieldPath = [],
): HeldPath[] {
  return Object.entries(fields ?? {}).flatMap(([segment, below]) => {
    if (segment === '.') return [{ path: above, self: true }];
    const path = [...above, segment];
    return Object.keys(below).length === 0
      ? [{ path, self: false }]
      : heldPaths(below, path);
  });
}

/** The value at a path; undefined where there is none. */
export function valueAt(object: unknown, path: FieldPath): unknown {
  let value = object;
  for (const segment of path) {
    const index = locate(value, segment);
    if (index === undefined) return undefined;
    value = (value as Record<string | number, unknown>)[index];
  }
  return value;
}

/** Takes the value at a path out of an object, in place. */
export function deleteAt(object: unknown, path: FieldPath): void {
  const segment = path.at(-1);
  const parent = valueAt(object, path.slice(0, -1));
  if (segment === undefined) return;
  const index = locate(parent, segment);
  if (index === undefined) return;
  if (Array.isArray(parent)) parent.splice(Number(index), 1);
  else delete (parent as Record<string, unknown>)[index];
}

/** Whether a path is another one or lies below it. */
export function isWithin(path: FieldPath, above: FieldPath): boolean {
  return above.every((segment, index) => sameSegment(segment, path[index]));
}

/** A path in one string, whatever order an item's keys are written in. */
export function pathKey(path: FieldPath): string {
  return path.map(normalSegment).join('/');
}

/** A path as people write it: `spec.ports[port=80,protocol=TCP].targetPort`. */
export function describePath(path: FieldPath): string {
  return path
    .map(segment => {
      const content = segment.slice(2);
      switch (segment.slice(0, 2)) {
        case 'f:':
          return /^[A-Za-z0-9_-]+$/.test(content)
            ? `.${content}`
            : `['${content}']`;
        case 'k:':
          return `[${Object.entries(JSON.parse(content))
            .map(([key, value]) => `${key}=${value}`)
            .join(',')}]`;
        case 'v:':
          return `[${JSON.parse(content)}]`;
        default:
          return `[${content}]`;
      }
    })
    .join('')
    .replace(/^\./, '');
}

/** Takes a held path out of a set of fields and returns what is left; branches that hold nothing more go too. */
export function withoutPath(
  fields: FieldsV1,
  { path, self }: HeldPath,
): FieldsV1 {
  const [segment, ...rest] = self ? [...path, '.'] : path;
  if (segment === undefined) return fields;
  const { [segment]: below = {}, ...others } = fields;
  if (rest.length === 0) return others;
  const left = withoutPath(below, { path: rest, self: false });
  return Object.keys(left).length === 0
    ? others
    : { ...others, [segment]: left };
}

/** Puts a held path into a set of fields. */
export function withPath(fields: FieldsV1, { path, self }: HeldPath): FieldsV1 {
  const [segment, ...rest] = self ? [...path, '.'] : path;
  if (segment === undefined) return fields;
  return {
    ...fields,
    [segment]: withPath(fields[segment] ?? {}, { path: rest, self: false }),
  };
}

function locate(parent: unknown, segment: string): string | number | undefined {
  const content = segment.slice(2);
  if (segment.startsWith('f:')) {
    return typeof parent === 'object' &&
      parent !== null &&
      !Array.isArray(parent) &&
      Object.hasOwn(parent, content)
      ? content
      : undefined;
  }
  if (!Array.isArray(parent)) return undefined;
  if (segment.startsWith('i:')) return Number(content);
  const wanted = JSON.parse(content);
  const index = parent.findIndex(item =>
    segment.startsWith('v:')
      ? isDeepStrictEqual(item, wanted)
      : Object.entries(wanted).every(([key, value]) =>
          isDeepStrictEqual(item?.[key], value),
        ),
  );
  return index < 0 ? undefined : index;
}

function sameSegment(left: string, right: string | undefined): boolean {
  return (
    left === right ||
    (right !== undefined && normalSegment(left) === normalSegment(right))
  );
}

function normalSegment(segment: string): string {
  if (!segment.startsWith('k:')) return segment;
  const keys = Object.entries(JSON.parse(segment.slice(2)));
  return `k:${JSON.stringify(
    keys.sort(([left], [right]) => left.localeCompare(right)),
  )}`;
}
