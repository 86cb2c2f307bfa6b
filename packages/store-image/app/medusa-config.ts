import { defineConfig } from '@medusajs/framework/utils';
import { databaseConnection } from './src/database/connection';

const env = process.env;
const isTrue = (value: string | undefined, fallback: boolean) =>
  value ? value === 'true' || value === '1' : fallback;

// The build loads this file too, without a database.
const database = env.DATABASE_URL ? databaseConnection(env) : undefined;

module.exports = defineConfig({
  projectConfig: {
    databaseUrl: database?.connectionString,
    databaseDriverOptions: {
      ssl: database?.ssl ?? false,
      pool: { min: 0, max: 10, idleTimeoutMillis: 30_000 },
    },
    cookieOptions: {
      // In production the admin's session cookie is sent over HTTPS only, so a shop on plain HTTP must say so.
      secure: isTrue(env.COOKIE_SECURE, env.NODE_ENV === 'production'),
      sameSite: 'lax',
    },
    http: {
      storeCors: env.STORE_CORS ?? '',
      adminCors: env.ADMIN_CORS ?? '',
      authCors: env.AUTH_CORS ?? '',
      jwtSecret: env.JWT_SECRET,
      cookieSecret: env.COOKIE_SECRET,
    },
  },
  admin: {
    // Baked into the admin's bundle: same origin, so that one image serves every shop.
    backendUrl: '/',
  },
  modules: [
    {
      resolve: '@medusajs/medusa/file',
      options: {
        providers: [
          {
            resolve: '@medusajs/medusa/file-local',
            id: 'local',
            options: {
              upload_dir: 'static',
              backend_url: `${
                env.MEDUSA_BACKEND_URL ?? 'http://localhost:9000'
              }/static`,
            },
          },
        ],
      },
    },
  ],
});
