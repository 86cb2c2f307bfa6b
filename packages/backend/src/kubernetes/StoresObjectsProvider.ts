import type {
  BackstageCredentials,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import type { ObjectsByEntityResponse } from '@backstage/plugin-kubernetes-common';
import type {
  KubernetesObjectsByEntity,
  KubernetesObjectsProvider,
} from '@backstage/plugin-kubernetes-node';
import {
  STORE_ID_ANNOTATION,
  storeLogsReadPermission,
} from '@storeyard/backstage-plugin-stores-common';

/** Options of {@link StoresObjectsProvider.create}. */
export interface StoresObjectsProviderOptions {
  /** What reads from the cluster. */
  objects: KubernetesObjectsProvider;
  permissions: PermissionsService;
}

/**
 * Shows the objects of stores, and of nothing else, to those who may read the store's logs: pods say as much about a
 * store as its logs do. The account behind it reads Secrets too, so whoever asks chooses no kinds.
 */
export class StoresObjectsProvider implements KubernetesObjectsProvider {
  static create(options: StoresObjectsProviderOptions): StoresObjectsProvider {
    return new StoresObjectsProvider(options.objects, options.permissions);
  }

  private constructor(
    private readonly objects: KubernetesObjectsProvider,
    private readonly permissions: PermissionsService,
  ) {}

  async getKubernetesObjectsByEntity(
    request: KubernetesObjectsByEntity,
    options: { credentials: BackstageCredentials },
  ): Promise<ObjectsByEntityResponse> {
    const { entity } = request;
    const id = entity?.metadata.annotations?.[STORE_ID_ANNOTATION];
    if (id === undefined) {
      throw new NotAllowedError(
        `Expected the entity of a store, which has the annotation '${STORE_ID_ANNOTATION}', and found '${entity?.metadata.name}'`,
      );
    }
    const [decision] = await this.permissions.authorize(
      [{ permission: storeLogsReadPermission, resourceRef: id }],
      options,
    );
    if (decision?.result !== AuthorizeResult.ALLOW) {
      throw new NotAllowedError(
        `What runs in the store '${id}' is shown to its owner and to platform admins: it takes the permission '${storeLogsReadPermission.name}'`,
      );
    }
    return this.objects.getKubernetesObjectsByEntity(request, options);
  }

  async getCustomResourcesByEntity(): Promise<ObjectsByEntityResponse> {
    throw new NotAllowedError(
      'Kinds of the own choice are not shown: a store has none that the Kubernetes tab does not ask for',
    );
  }
}
