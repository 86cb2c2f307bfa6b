import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import {
  kubernetesClusterSupplierExtensionPoint,
  kubernetesObjectsProviderExtensionPoint,
} from '@backstage/plugin-kubernetes-node';
import { StoresClusterSupplier } from './StoresClusterSupplier';
import { StoresObjectsProvider } from './StoresObjectsProvider';

/** Lets the stock Kubernetes tab show what runs in a store's namespace. */
export const kubernetesModule = createBackendModule({
  pluginId: 'kubernetes',
  moduleId: 'stores',
  register(env) {
    env.registerInit({
      deps: {
        config: coreServices.rootConfig,
        permissions: coreServices.permissions,
        clusters: kubernetesClusterSupplierExtensionPoint,
        objects: kubernetesObjectsProviderExtensionPoint,
      },
      async init({ config, permissions, clusters, objects }) {
        clusters.addClusterSupplier(
          StoresClusterSupplier.create({
            kubeconfig: config.getOptionalString('stores.cluster.kubeconfig'),
          }),
        );
        objects.addObjectsProvider(async ({ getDefault }) =>
          StoresObjectsProvider.create({
            objects: await getDefault(),
            permissions,
          }),
        );
      },
    });
  },
});
