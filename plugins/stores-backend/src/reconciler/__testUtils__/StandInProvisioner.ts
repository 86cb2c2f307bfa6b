import {
  type ClaimObject,
  type ClusterClient,
  Informer,
  isConflict,
  type KubernetesObject,
  type VolumeObject,
} from '../../cluster';

/** Makes a volume for each claim and deletes it once it is released; the controllers bind and release. */
export class StandInProvisioner {
  static start(admin: ClusterClient): StandInProvisioner {
    const provisioner = new StandInProvisioner(admin);
    provisioner.informers.forEach(informer => informer.start());
    return provisioner;
  }

  private readonly informers: Informer[];
  private working: Promise<void> = Promise.resolve();

  private constructor(private readonly admin: ClusterClient) {
    this.informers = [
      this.follow('PersistentVolumeClaim', (claim: ClaimObject) =>
        claim.spec?.volumeName ? undefined : this.provide(claim),
      ),
      this.follow('PersistentVolume', (volume: VolumeObject) =>
        volume.status?.phase === 'Released'
          ? this.admin.delete(volume)
          : undefined,
      ),
    ];
  }

  async stop(): Promise<void> {
    await Promise.all(this.informers.map(informer => informer.stop()));
    await this.working;
  }

  private follow<T extends KubernetesObject>(
    kind: string,
    treat: (object: T) => Promise<void> | undefined,
  ): Informer {
    return Informer.create({
      client: this.admin,
      apiVersion: 'v1',
      kind,
      trim: object => ({ ...object, apiVersion: 'v1', kind }),
      onChange: object => {
        this.working = this.working.then(() => treat(object as T));
      },
      onSynced: () => {},
    });
  }

  private async provide(claim: ClaimObject): Promise<void> {
    const { name, namespace, uid } = claim.metadata;
    try {
      await this.admin.create({
        apiVersion: 'v1',
        kind: 'PersistentVolume',
        metadata: {
          name: `stand-in-${uid}`,
          annotations: { 'pv.kubernetes.io/provisioned-by': 'stand-in' },
        },
        spec: {
          capacity: { storage: '1Gi' },
          accessModes: ['ReadWriteOnce'],
          persistentVolumeReclaimPolicy: 'Delete',
          csi: { driver: 'stand-in', volumeHandle: uid },
          claimRef: {
            apiVersion: 'v1',
            kind: 'PersistentVolumeClaim',
            name,
            namespace,
            uid,
          },
        },
      });
    } catch (error) {
      if (!isConflict(error)) throw error;
    }
  }
}
