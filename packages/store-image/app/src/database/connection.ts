/** How this process reaches PostgreSQL; the server and the start program must agree on it. */
export interface DatabaseConnection {
  connectionString: string;
  ssl: false | { rejectUnauthorized: boolean; ca?: string };
}

/**
 * `DATABASE_SSL`: `disable` (default), `no-verify` (encrypted only) or `verify`, against `DATABASE_CA` (PEM)
 * or Node's own certificates.
 */
export function databaseConnection(
  env: NodeJS.ProcessEnv = process.env,
): DatabaseConnection {
  const mode = env.DATABASE_SSL || 'disable';
  const connectionString = env.DATABASE_URL;
  if (!connectionString) {
    throw new Error('DATABASE_URL is empty');
  }
  switch (mode) {
    case 'disable':
      return { connectionString, ssl: false };
    case 'no-verify':
      return { connectionString, ssl: { rejectUnauthorized: false } };
    case 'verify':
      return {
        connectionString,
        ssl: { rejectUnauthorized: true, ca: env.DATABASE_CA || undefined },
      };
    default:
      throw new Error(
        `DATABASE_SSL is '${mode}', expected 'disable', 'no-verify' or 'verify'`,
      );
  }
}
