import type {
  BackstageCredentials,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import {
  AuthorizeResult,
  type AuthorizePermissionRequest,
  type Permission,
} from '@backstage/plugin-permission-common';

/** @throws NotAllowedError that names the permission when the caller lacks it */
export async function requirePermission(
  permissions: PermissionsService,
  credentials: BackstageCredentials,
  permission: Permission,
): Promise<void> {
  const [decision] = await permissions.authorize(
    [{ permission } as AuthorizePermissionRequest],
    { credentials },
  );
  if (decision?.result !== AuthorizeResult.ALLOW) {
    throw new NotAllowedError(`the permission '${permission.name}' is wanted`);
  }
}
