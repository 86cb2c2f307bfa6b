import { KubeConfig } from '@kubernetes/client-node';
import { ServiceUnavailableError } from '@backstage/errors';
import type {
  ClusterDetails,
  KubernetesClustersSupplier,
} from '@backstage/plugin-kubernetes-node';

/** Options of {@link StoresClusterSupplier.create}. */
export interface StoresClusterSupplierOptions {
  /** Path of the kubeconfig; without it the service account of the pod that the backend runs in. */
  kubeconfig?: string;
}

/**
 * The one cluster that stores run in, under the account that they are made by. Its kubeconfig is read at each look, since
 * a local cluster is made after the portal has started.
 */
export class StoresClusterSupplier implements KubernetesClustersSupplier {
  static create(options: StoresClusterSupplierOptions): StoresClusterSupplier {
    return new StoresClusterSupplier(options.kubeconfig);
  }

  private constructor(private readonly kubeconfig: string | undefined) {}

  async getClusters(): Promise<ClusterDetails[]> {
    const { url, token, ...authorities } = this.kubeconfig
      ? readKubeconfig(this.kubeconfig)
      : { url: 'https://kubernetes.default.svc', token: undefined };
    return [
      {
        name: 'stores',
        title: 'Stores',
        url,
        ...authorities,
        authMetadata: {
          'kubernetes.io/auth-provider': 'serviceAccount',
          ...(token && { serviceAccountToken: token }),
        },
        // It may read no metrics, and there is not always something that measures.
        skipMetricsLookup: true,
      },
    ];
  }
}

function readKubeconfig(path: string) {
  const config = new KubeConfig();
  try {
    config.loadFromFile(path);
  } catch (error) {
    throw new ServiceUnavailableError(
      `The cluster of the stores is not there (yet): the kubeconfig '${path}' can't be read`,
      error,
    );
  }
  const cluster = config.getCurrentCluster();
  const token = config.getCurrentUser()?.token;
  if (!cluster || !token) {
    throw new ServiceUnavailableError(
      `The kubeconfig '${path}' names no ${
        cluster ? 'token' : 'current cluster'
      }, which the Kubernetes tab needs`,
    );
  }
  return {
    url: cluster.server,
    token,
    ...(cluster.caData && { caData: cluster.caData }),
    ...(cluster.caFile && { caFile: cluster.caFile }),
  };
}
