/** How `kubectl` and `helm` reach a cluster as its admin. */
export interface ClusterAccess {
  /** Program and first arguments, e.g. `['/…/kubectl', '--context=k3d-dev']`. */
  kubectl: readonly string[];
  /** Program and first arguments, e.g. `['/…/helm', '--kube-context=k3d-dev']`. */
  helm: readonly string[];
  environment?: Readonly<Record<string, string>>;
}
