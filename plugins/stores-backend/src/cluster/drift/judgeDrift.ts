import { isDeepStrictEqual } from 'node:util';
import { FIELD_MANAGER } from '../ClusterClient';
import type { KubernetesObject, ManagedFieldsEntry } from '../types';
import { describeFinding } from './describeFinding';
import type { DriftFinding } from './DriftFinding';
import {
  type FieldPath,
  type HeldPath,
  heldPaths,
  isWithin,
  pathKey,
  valueAt,
} from './fieldPaths';
import { isNeverDrift } from './neverDrift';

export interface JudgeDriftOptions {
  /** The API server's answer to our own apply, as {@link cleanAnswer} keeps it. */
  answer: KubernetesObject;
  /** The object as it is now; undefined when it is gone. */
  live: KubernetesObject | undefined;
}

/**
 * What is not as we applied it, path by path. Values are compared with the API server's answer to our apply, so that
 * `1000m` that comes back as `1` is none. Managers are not judged by name: what counts is what they hold.
 */
export function judgeDrift(options: JudgeDriftOptions): DriftFinding[] {
  const { answer, live } = options;
  const object = referenceOf(answer);
  if (!live) return [describeFinding({ object, type: 'gone', path: [] })];
  if (live.metadata.deletionTimestamp) return [];
  const found = [...changes(answer, live), ...strangers(answer, live)];
  return foldBelow(found).map(finding =>
    describeFinding({ object, ...finding }),
  );
}

/** The entry of server-side applies under our field manager. */
export function isOwnEntry(entry: ManagedFieldsEntry): boolean {
  return (
    entry.manager === FIELD_MANAGER &&
    entry.operation === 'Apply' &&
    !entry.subresource
  );
}

/** Entries by which somebody may have changed what we applied; a subresource's is its controller's, but for the scale. */
export function isJudgedEntry(entry: ManagedFieldsEntry): boolean {
  return !entry.subresource || entry.subresource === 'scale';
}

/** What strangers hold in an object that our answer doesn't have, or has with another value. */
export function strangerPaths(
  answer: KubernetesObject,
  live: KubernetesObject,
  entry: ManagedFieldsEntry,
): HeldPath[] {
  const own = new Set(ownPaths(answer).map(({ path }) => pathKey(path)));
  return heldPaths(entry.fieldsV1).filter(
    held =>
      !own.has(pathKey(held.path)) &&
      !isNeverDrift(live.kind, held.path) &&
      isForeign(answer, live, held),
  );
}

type Finding = Omit<DriftFinding, 'object' | 'message'>;

/** Values of ours that are other ones now. */
function changes(answer: KubernetesObject, live: KubernetesObject): Finding[] {
  return ownPaths(answer)
    .filter(({ path }) => !isSpared(live.kind, path))
    .filter(held => isChanged(answer, live, held))
    .map(({ path }) => ({
      type: valueAt(live, path) === undefined ? 'removed' : 'changed',
      path,
      ...managerOf(live, path, answer),
    }));
}

/** What somebody else, or Helm by hand, put beside what we applied. */
function strangers(
  answer: KubernetesObject,
  live: KubernetesObject,
): Finding[] {
  return (live.metadata.managedFields ?? [])
    .filter(isJudgedEntry)
    .flatMap(entry =>
      strangerPaths(answer, live, entry).map(
        ({ path }): Finding => ({
          type: valueAt(answer, path) === undefined ? 'added' : 'changed',
          path,
          manager: entry.manager,
        }),
      ),
    );
}

function ownPaths(answer: KubernetesObject): HeldPath[] {
  return heldPaths(answer.metadata.managedFields?.find(isOwnEntry)?.fieldsV1);
}

/** Of what we applied, metadata counts wholly; the rest unless it is somebody else's by right. */
function isSpared(kind: string, path: FieldPath): boolean {
  return path[0] !== 'f:metadata' && isNeverDrift(kind, path);
}

function isChanged(
  answer: KubernetesObject,
  live: KubernetesObject,
  { path, self }: HeldPath,
): boolean {
  const expected = valueAt(answer, path);
  const found = valueAt(live, path);
  if (expected === undefined) return false;
  return self ? found === undefined : !isDeepStrictEqual(expected, found);
}

function isForeign(
  answer: KubernetesObject,
  live: KubernetesObject,
  { path, self }: HeldPath,
): boolean {
  const found = valueAt(live, path);
  if (found === undefined) return false;
  const expected = valueAt(answer, path);
  // That a mapping is there says nothing; an item of a list is something.
  if (self) return expected === undefined && !path.at(-1)?.startsWith('f:');
  return !isDeepStrictEqual(expected, found);
}

/** Whoever holds a path now; for what was taken away, nobody does. */
function managerOf(
  live: KubernetesObject,
  path: FieldPath,
  answer: KubernetesObject,
): { manager?: string } {
  const holders = (live.metadata.managedFields ?? [])
    .filter(entry =>
      heldPaths(entry.fieldsV1).some(held => isWithin(held.path, path)),
    )
    .sort((left, right) => (right.time ?? '').localeCompare(left.time ?? ''));
  const stranger = holders.find(entry => !isOwnEntry(entry));
  if (stranger) return { manager: stranger.manager };
  const applied = answer.metadata.managedFields?.find(isOwnEntry)?.time;
  const byHand = holders.find(({ time }) => time !== applied);
  return byHand ? { manager: byHand.manager } : {};
}

/** A path says all that lies below it; what was found twice is said once. */
function foldBelow(findings: readonly Finding[]): Finding[] {
  const kept: Finding[] = [];
  for (const finding of [...findings].sort(
    (left, right) => left.path.length - right.path.length,
  )) {
    if (!kept.some(({ path }) => isWithin(finding.path, path))) {
      kept.push(finding);
    }
  }
  return kept;
}

function referenceOf({ apiVersion, kind, metadata }: KubernetesObject) {
  const { name, namespace } = metadata;
  return { apiVersion, kind, metadata: { name, namespace } };
}
