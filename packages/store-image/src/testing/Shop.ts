import { chown, mkdir } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import type { ImageConfig } from '@storeyard/image-tools';
import { postgresPrograms, postgresUserId } from '@storeyard/postgres-image';
import { execa } from 'execa';
import { heapMegabytes, storeUserId } from '../storeImage';
import { Container } from './Container';
import { waitFor } from './waitFor';

/** Unpacked images. */
export interface ShopImages {
  store: { root: string; config: ImageConfig };
  postgres: { root: string; config: ImageConfig };
}

const PASSWORD = "a quote ' and 7";

/** Database and shop of one store, from the images and with the environment that the chart gives. */
export class Shop {
  static async create(options: {
    images: ShopImages;
    folder: string;
    env?: Record<string, string>;
  }): Promise<Shop> {
    const { images, folder, env = {} } = options;
    for (const [name, id] of [
      ['data', postgresUserId],
      ['run', postgresUserId],
      ['uploads', storeUserId],
    ] as const) {
      await mkdir(join(folder, name), { recursive: true });
      await chown(join(folder, name), id, id);
    }
    const ports = {
      database: await freePort(),
      http: await freePort(),
      startup: await freePort(),
    };
    return new Shop(images, folder, env, ports);
  }

  readonly publishableKey = `pk_${'a1'.repeat(32)}`;
  readonly admin = {
    adminEmail: 'owner@example.com',
    adminPassword: 'correct-horse',
  };
  readonly host = 'shop.localhost:8080';
  database?: Container;
  server?: Container;

  private constructor(
    private readonly images: ShopImages,
    private readonly folder: string,
    private readonly env: Record<string, string>,
    private readonly ports: { database: number; http: number; startup: number },
  ) {}

  get databaseUrl(): string {
    const url = new URL(
      `postgres://store@127.0.0.1:${this.ports.database}/store`,
    );
    url.password = encodeURIComponent(PASSWORD);
    return url.href;
  }

  get address() {
    return {
      baseUrl: `http://127.0.0.1:${this.ports.http}`,
      host: this.host,
    };
  }

  async startDatabase(): Promise<void> {
    this.database = await Container.start({
      ...this.images.postgres,
      env: {
        POSTGRES_USER: 'store',
        POSTGRES_PASSWORD: PASSWORD,
        POSTGRES_DB: 'store',
        ...this.env,
      },
      args: ['-p', String(this.ports.database)],
      volumes: {
        '/var/lib/postgresql/data': join(this.folder, 'data'),
        '/run/postgresql': join(this.folder, 'run'),
      },
    });
  }

  async startServer(env: Record<string, string> = {}): Promise<void> {
    this.server = await Container.start({
      ...this.images.store,
      env: {
        NODE_OPTIONS: `--max-old-space-size=${heapMegabytes}`,
        DATABASE_URL: this.databaseUrl,
        JWT_SECRET: 'jwt',
        COOKIE_SECRET: 'cookie',
        COOKIE_SECURE: 'false',
        STORE_NAME: 'Test & Sons',
        STORE_CURRENCY: 'usd',
        STORE_COUNTRIES: 'us,ca',
        SEED_DEMO: 'true',
        ADMIN_EMAIL: this.admin.adminEmail,
        ADMIN_PASSWORD: this.admin.adminPassword,
        PUBLISHABLE_API_KEY: this.publishableKey,
        PORT: String(this.ports.http),
        STARTUP_PORT: String(this.ports.startup),
        ...this.env,
        ...env,
      },
      volumes: { '/app/static': join(this.folder, 'uploads') },
    });
  }

  /** Starts both at once, as a cluster does, and waits by the startup probe. */
  async start(env?: Record<string, string>): Promise<void> {
    await this.startDatabase();
    await this.startServer(env);
    await waitFor('the startup probe', async () => {
      for (const container of [this.server, this.database]) {
        if (!container?.isRunning) {
          throw new Error(
            `a container ended: ${container?.output.slice(-2000)}`,
          );
        }
      }
      return this.isStarted();
    });
  }

  /** @returns the exit codes of shop and database */
  async stop() {
    return {
      server: await this.server?.stop(),
      database: await this.database?.stop(),
    };
  }

  async kill(): Promise<void> {
    await this.server?.kill();
    await this.database?.kill();
  }

  async get(path: string): Promise<{ status: number; text: string }> {
    const response = await fetch(`${this.address.baseUrl}${path}`);
    return { status: response.status, text: await response.text() };
  }

  /** One value from the database. */
  async query(sql: string): Promise<string> {
    const { stdout } = await execa(
      'chroot',
      [
        ...[this.images.postgres.root, `${postgresPrograms}/psql`],
        ...['-h', '127.0.0.1', '-p', String(this.ports.database)],
        ...['-U', 'store', '-d', 'store', '-qAt', '-c', sql],
      ],
      { env: { PGPASSWORD: PASSWORD } },
    );
    return stdout;
  }

  private async isStarted(): Promise<boolean> {
    try {
      return (
        await fetch(`http://127.0.0.1:${this.ports.startup}/`, {
          signal: AbortSignal.timeout(60_000),
        })
      ).ok;
    } catch {
      return false;
    }
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        typeof address === 'object' && address
          ? resolve(address.port)
          : reject(new Error('no free port')),
      );
    });
  });
}
