import {
  type ClaimObject,
  type ClusterClient,
  isConflict,
  type VolumeObject,
} from '../../cluster';

const LOOK_EVERY_MS = 50;

/** Makes a volume for each claim and deletes it once it is released; the controllers bind and release. */
export class StandInProvisioner {
  static start(admin: ClusterClient): StandInProvisioner {
    return new StandInProvisioner(admin);
  }

  private readonly loop: Promise<void>;
  private readonly stopping = new AbortController();

  private constructor(private readonly admin: ClusterClient) {
    this.loop = this.run();
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.loop;
  }

  private async run(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      const [claims, volumes] = await Promise.all([
        this.admin.list<ClaimObject>({
          apiVersion: 'v1',
          kind: 'PersistentVolumeClaim',
        }),
        this.admin.list<VolumeObject>({
          apiVersion: 'v1',
          kind: 'PersistentVolume',
        }),
      ]);
      await Promise.all([
        ...claims
          .filter(({ spec }) => !spec?.volumeName)
          .map(claim => this.provide(claim)),
        ...volumes
          .filter(({ status }) => status?.phase === 'Released')
          .map(volume => this.admin.delete(volume)),
      ]);
      await new Promise(resolve => setTimeout(resolve, LOOK_EVERY_MS));
    }
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
