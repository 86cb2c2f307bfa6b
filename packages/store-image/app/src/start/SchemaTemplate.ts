import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

/** The schema as this image's migrations make it, written as SQL when the image was built. */
export class SchemaTemplate {
  /** @throws when the digest is missing: the image is then not whole */
  static read(directory: string): SchemaTemplate {
    return new SchemaTemplate(
      readFileSync(join(directory, 'template/schema.digest'), 'utf8').trim(),
      join(directory, 'template/schema.sql.gz'),
    );
  }

  private constructor(
    /** Names the schema; the marker of a database that was prepared by this image. */
    readonly digest: string,
    private readonly file: string,
  ) {}

  get isAvailable(): boolean {
    return existsSync(this.file) && process.env.STORE_TEMPLATE !== 'off';
  }

  /** Statements that fill an empty database, the marker included. */
  sql(): string {
    return gunzipSync(readFileSync(this.file)).toString('utf8');
  }
}
