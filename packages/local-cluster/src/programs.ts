import { join } from 'node:path';
import { cacheDirectory } from '@storeyard/image-tools';
import { locatePrograms } from './build';

/** Absolute paths of the programs that the local cluster is made of, and that people use with it. */
export interface Programs {
  /** Kubernetes in one file; its first argument says which part. */
  kube: string;
  kubectl: string;
  helm: string;
  /** containerd's client. */
  ctr: string;
}

/** Where the programs are, or will be once they are built. Nothing is built. */
export function programs(): Programs {
  const { bin } = locatePrograms({ cacheDirectory: cacheDirectory() });
  return {
    kube: join(bin, 'kube'),
    kubectl: join(bin, 'kubectl'),
    helm: join(bin, 'helm'),
    ctr: join(bin, 'ctr'),
  };
}
