import { createHash } from 'node:crypto';
import { normaliseDump } from './normaliseDump';

/**
 * The schema as SQL for an empty database, and the digest that names it. The statements end with the marker by which the
 * shop's start program knows the schema as its own.
 */
export function createTemplate(dump: string): { sql: string; digest: string } {
  const schema = normaliseDump(dump);
  const digest = createHash('sha256').update(schema).digest('hex');
  const marker = `CREATE SCHEMA store_meta;
CREATE TABLE store_meta.kv (key text PRIMARY KEY, value text NOT NULL, at timestamptz NOT NULL DEFAULT now());
INSERT INTO store_meta.kv (key, value, at) VALUES ('schema', '${digest}', '2026-01-01 00:00:00+00');
`;
  return { sql: schema + marker, digest };
}
