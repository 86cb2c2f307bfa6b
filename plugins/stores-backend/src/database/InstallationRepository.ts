/** One Storeyard. */
export interface Installation {
  /** UUID; a label on everything that this Storeyard makes. */
  id: string;
  /** Fingerprint of the key that the stores' secrets are derived from. */
  secretKeyFingerprint: string;
  /** Uid of the cluster's `kube-system` namespace; absent before the first contact. */
  clusterUid?: string;
}

/** Keeps what makes this Storeyard this one. */
export interface InstallationRepository {
  /**
   * The installation; made at the first call, with the key's fingerprint.
   *
   * @throws ConflictError when the configured key is not the one it was made with
   */
  get(): Promise<Installation>;

  /**
   * Remembers the cluster at the first contact.
   *
   * @throws ConflictError when the installation belongs to another cluster
   */
  bindCluster(uid: string): Promise<Installation>;
}
