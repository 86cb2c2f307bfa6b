import { randomUUID } from 'node:crypto';
import { ConflictError } from '@backstage/errors';
import type { Knex } from 'knex';
import { nullable, optionalText } from './columns';
import type {
  Installation,
  InstallationRepository,
} from './InstallationRepository';

interface InstallationRow {
  singleton: number;
  id: string;
  secret_key_fingerprint: string;
  cluster_uid: string | null;
  created_at: Date | number | string;
}

/** Options of {@link DatabaseInstallationRepository.create}. */
export interface DatabaseInstallationRepositoryOptions {
  knex: Knex;
  /** Fingerprint of the configured key, see {@link InstallationRepository.get}. */
  secretKeyFingerprint: string;
}

/** The installation in the plugin's database. */
export class DatabaseInstallationRepository implements InstallationRepository {
  static create(
    options: DatabaseInstallationRepositoryOptions,
  ): DatabaseInstallationRepository {
    return new DatabaseInstallationRepository(
      options.knex,
      options.secretKeyFingerprint,
    );
  }

  private constructor(
    private readonly knex: Knex,
    private readonly secretKeyFingerprint: string,
  ) {}

  async get(): Promise<Installation> {
    await this.installations()
      .insert({
        singleton: 1,
        id: randomUUID(),
        secret_key_fingerprint: this.secretKeyFingerprint,
        cluster_uid: nullable<string>(undefined),
        created_at: new Date(),
      })
      .onConflict('singleton')
      .ignore();
    const installation = await this.read();
    if (installation.secretKeyFingerprint !== this.secretKeyFingerprint) {
      throw new ConflictError(
        `the key 'stores.secretKey' has the fingerprint '${this.secretKeyFingerprint}', ` +
          `expected '${installation.secretKeyFingerprint}': the secrets of the stores in this database ` +
          `can only be derived from the key that they were made with`,
      );
    }
    return installation;
  }

  async bindCluster(uid: string): Promise<Installation> {
    await this.installations()
      .whereNull('cluster_uid')
      .update({ cluster_uid: uid });
    const installation = await this.read();
    if (installation.clusterUid !== uid) {
      throw new ConflictError(
        `the cluster is '${uid}', expected '${installation.clusterUid}': this database belongs to that cluster, ` +
          `and its stores would be created anew and empty in another`,
      );
    }
    return installation;
  }

  private async read(): Promise<Installation> {
    const row = await this.installations().first();
    if (row === undefined) {
      throw new ConflictError('the installation has not been made yet');
    }
    return {
      id: row.id,
      secretKeyFingerprint: row.secret_key_fingerprint,
      clusterUid: optionalText(row.cluster_uid),
    };
  }

  private installations() {
    return this.knex<InstallationRow>('installation');
  }
}
