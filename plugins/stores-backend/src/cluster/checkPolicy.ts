import { ForwardedError } from '@backstage/errors';
import type { ClusterClient } from './ClusterClient';
import { ClusterApiError, isRoleDenial } from './ClusterError';

/** What the check found: the policy holds us to our stores, or why we must not work. */
export type PolicyVerdict = { bounded: true } | { bounded: false; why: string };

/**
 * Tries what the admission policy forbids, as a dry run: creating a namespace that is no store's. If that is allowed,
 * nothing bounds our account to its stores, and we refuse to work.
 */
export async function checkPolicy(options: {
  client: ClusterClient;
  signal?: AbortSignal;
}): Promise<PolicyVerdict> {
  const { client, signal } = options;
  try {
    await client.create(
      {
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: { name: 'storeyard-policy-check' },
      },
      { dryRun: true, signal },
    );
  } catch (error) {
    if (!(error instanceof ClusterApiError)) throw error;
    if (isRoleDenial(error)) {
      return {
        bounded: false,
        why: `The account lacks the right to create namespaces: ${error.words}`,
      };
    }
    if (error.status === 403) return { bounded: true };
    throw new ForwardedError(
      'The admission policy could not be checked',
      error,
    );
  }
  return {
    bounded: false,
    why: "The admission policy that bounds Storeyard to its stores is not in force: the cluster would allow us the namespace 'storeyard-policy-check', expected a denial",
  };
}
