import { coreDns } from './coreDns';
import { traefik } from './traefik';

/** A workload that a cluster is of no use without. */
export interface Addon {
  name: string;
  title: string;
  /** Name of the image's archive among those that the build makes, without `.tar`. */
  archive: string;
  /** Label selector of its pods in `kube-system`. */
  selector: string;
  objects(image: string): object[];
}

/** The add-ons of a native cluster. Volumes and policies are programs beside the kubelet, not pods. */
export const addons: Addon[] = [
  {
    name: 'coredns',
    title: 'CoreDNS',
    archive: 'coredns',
    selector: 'k8s-app=kube-dns',
    objects: coreDns,
  },
  {
    name: 'traefik',
    title: 'Traefik',
    archive: 'traefik',
    selector: 'app.kubernetes.io/name=traefik',
    objects: traefik,
  },
];
