import type { KubernetesObject } from '../types';

/** What we wrote and a cache may not show yet: for each kind of a namespace the newest version that we were answered. */
export class OwnWrites {
  static create(): OwnWrites {
    return new OwnWrites();
  }

  private readonly versions = new Map<string, bigint>();

  private constructor() {}

  /** Takes an answer of the API server to a write of ours. */
  note(answer: KubernetesObject): void {
    const { namespace, name, resourceVersion } = answer.metadata ?? {};
    if (!resourceVersion || !/^\d+$/.test(resourceVersion)) return;
    const key = keyOf(answer.apiVersion, answer.kind, namespace ?? name);
    const version = BigInt(resourceVersion);
    if (version > (this.versions.get(key) ?? 0n)) {
      this.versions.set(key, version);
    }
  }

  /** Whether a cache that knows all changes up to a version knows ours. Namespaces stand for themselves. */
  isKnownAt(
    version: bigint,
    where: { apiVersion: string; kind: string; namespace: string },
  ): boolean {
    const key = keyOf(where.apiVersion, where.kind, where.namespace);
    const written = this.versions.get(key);
    if (written === undefined) return true;
    if (version < written) return false;
    this.versions.delete(key);
    return true;
  }
}

function keyOf(apiVersion: string, kind: string, namespace: string): string {
  return `${apiVersion}/${kind}/${namespace}`;
}
