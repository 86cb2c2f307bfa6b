import { gunzipSync } from 'node:zlib';
import type { JsonObject } from '@backstage/types';
import type { KubernetesObject } from '../cluster';
import { isJsonObject } from './mergeValues';

/** A release record as Helm keeps it in a Secret. */
export interface ReleaseRecord {
  /** The Secret's name and uid. */
  name: string;
  uid: string | undefined;
  resourceVersion: string | undefined;
  revision: number;
  /** Such as `deployed`, `pending-upgrade`, `failed`. */
  status: string;
  /** When Helm last wrote it. */
  writtenAt: Date;
  /** The values that were given; undefined when the record can't be read. */
  values(): JsonObject | undefined;
}

const TYPE = 'helm.sh/release.v1';

/** The release's records among the Secrets of a namespace, newest revision first. */
export function readReleaseRecords(
  secrets: readonly KubernetesObject[],
  release: string,
): ReleaseRecord[] {
  return secrets
    .filter(
      ({ metadata, type }) =>
        type === TYPE &&
        metadata.labels?.owner === 'helm' &&
        metadata.labels.name === release,
    )
    .map(toRecord)
    .sort((left, right) => right.revision - left.revision);
}

/** Helm is at work on it, or was when it was killed. */
export function isPending({ status }: ReleaseRecord): boolean {
  return status.startsWith('pending-') || status === 'uninstalling';
}

function toRecord(secret: KubernetesObject): ReleaseRecord {
  const { labels = {}, creationTimestamp, name, uid } = secret.metadata;
  const noted = Number(labels.modifiedAt ?? labels.createdAt);
  return {
    name,
    uid,
    resourceVersion: secret.metadata.resourceVersion,
    revision: Number(labels.version ?? /\.v(\d+)$/.exec(name)?.[1] ?? 0),
    status: labels.status ?? 'unknown',
    writtenAt: noted
      ? new Date(noted * 1000)
      : new Date(creationTimestamp ?? 0),
    values: () => readValues(secret.data),
  };
}

/** The API server's base64 around Helm's own, around gzip, around JSON. */
function readValues(data: unknown): JsonObject | undefined {
  if (!isJsonObject(data) || typeof data.release !== 'string') return undefined;
  try {
    const packed = Buffer.from(
      Buffer.from(data.release, 'base64').toString('utf8'),
      'base64',
    );
    const content: unknown = JSON.parse(gunzipSync(packed).toString('utf8'));
    if (!isJsonObject(content)) return undefined;
    return isJsonObject(content.config) ? content.config : {};
  } catch {
    // Not Helm's: to the caller that is a record which doesn't say what we said.
    return undefined;
  }
}
