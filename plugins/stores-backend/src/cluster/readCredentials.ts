import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import type https from 'node:https';
import { type Cluster, KubeConfig } from '@kubernetes/client-node';
import { ClusterUnreachableError } from './ClusterError';

const SERVICE_ACCOUNT_FOLDER = '/var/run/secrets/kubernetes.io/serviceaccount';

/** Where the API server is, and by what it knows us. */
export interface ClusterCredentials {
  cluster: Cluster;
  options: https.RequestOptions;
  /** Another one when the kubeconfig was replaced. */
  stamp: string;
}

/**
 * Reads a kubeconfig, or the service account of the pod that we run in.
 *
 * @throws ClusterUnreachableError that says what lacks, and where
 */
export async function readCredentials(
  kubeconfig: string | undefined,
): Promise<ClusterCredentials> {
  const stamp = kubeconfig ? await stampOf(kubeconfig) : 'in-cluster';
  const config = kubeconfig ? readFile(kubeconfig) : readServiceAccount();
  const cluster = config.getCurrentCluster();
  if (!cluster) {
    throw new ClusterUnreachableError(
      `The kubeconfig '${kubeconfig}' names no current cluster`,
    );
  }
  const options: https.RequestOptions = {};
  try {
    await config.applyToHTTPSOptions(options);
  } catch (error) {
    throw new ClusterUnreachableError(
      `The credentials that ${
        kubeconfig
          ? `the kubeconfig '${kubeconfig}' names`
          : "the pod's service account has"
      } can't be read`,
      error,
    );
  }
  return { cluster, options, stamp };
}

function readFile(kubeconfig: string): KubeConfig {
  const config = new KubeConfig();
  try {
    config.loadFromFile(kubeconfig);
    return config;
  } catch (error) {
    throw new ClusterUnreachableError(
      `The kubeconfig '${kubeconfig}' can't be read`,
      error,
    );
  }
}

function readServiceAccount(): KubeConfig {
  if (!process.env.KUBERNETES_SERVICE_HOST) {
    throw new ClusterUnreachableError(
      "No cluster is configured, and the backend doesn't run in one: set 'stores.cluster.kubeconfig' to the path of a kubeconfig",
    );
  }
  const missing = ['ca.crt', 'token']
    .map(file => `${SERVICE_ACCOUNT_FOLDER}/${file}`)
    .find(file => !existsSync(file));
  if (missing) {
    throw new ClusterUnreachableError(
      `The backend's pod has no service account token, '${missing}' lacks: set 'automountServiceAccountToken: true' in the pod, or 'stores.cluster.kubeconfig' to the path of a kubeconfig`,
    );
  }
  const config = new KubeConfig();
  config.loadFromCluster();
  return config;
}

async function stampOf(kubeconfig: string): Promise<string> {
  try {
    const { mtimeMs, ino, size } = await stat(kubeconfig);
    return `${ino}-${mtimeMs}-${size}`;
  } catch (error) {
    throw new ClusterUnreachableError(
      `The kubeconfig '${kubeconfig}' is not there (yet)`,
      error,
    );
  }
}
