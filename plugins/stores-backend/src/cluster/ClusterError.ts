import { CustomErrorBase } from '@backstage/errors';

/** The API server answered, and the answer is a refusal. Carries its words, its status and its reason. */
export class ClusterApiError extends CustomErrorBase {
  override name = 'ClusterApiError' as const;

  constructor(
    /** What was asked, such as `PATCH deployments/medusa-api`. */
    readonly request: string,
    /** The HTTP status. */
    readonly status: number,
    /** The machine-readable reason, such as `NotFound`, `AlreadyExists`, `Forbidden`. */
    readonly reason: string | undefined,
    /** The API server's own words. */
    readonly words: string,
  ) {
    super(`${request} was answered by ${status}: ${words}`);
  }
}

/** The API server could not be asked: no kubeconfig, no connection, no answer in time. */
export class ClusterUnreachableError extends CustomErrorBase {
  override name = 'ClusterUnreachableError' as const;
}

export function isNotFound(error: unknown): boolean {
  return error instanceof ClusterApiError && error.status === 404;
}

export function isConflict(error: unknown): boolean {
  return error instanceof ClusterApiError && error.status === 409;
}

/** What was to be changed is gone, or another object has its name: we have seen the cluster as it no longer is. */
export function isUidConflict(error: unknown): boolean {
  return isConflict(error) && /UID in precondition/.test(String(error));
}

/** The account's role does not reach, as opposed to a policy, a quota or Pod Security that refuses. */
export function isRoleDenial(error: unknown): boolean {
  return (
    error instanceof ClusterApiError &&
    error.status === 403 &&
    /User ".*" cannot /.test(error.words)
  );
}

/**
 * Refusals that end by themselves within seconds: a role that was bound a moment ago, a quota that nobody has counted
 * yet, a namespace that is going away, a write that met another one, an API server that asks for patience.
 */
export function isShortLivedRefusal(error: unknown): boolean {
  if (!(error instanceof ClusterApiError)) return false;
  if (error.status === 429 || error.status >= 500) return true;
  if (isRoleDenial(error)) return true;
  if (error.status === 403) {
    return /status unknown for quota|is being terminated|no API token found for service account|error looking up service account/.test(
      error.words,
    );
  }
  return (
    error.status === 409 && error.reason === 'Conflict' && !isUidConflict(error)
  );
}
