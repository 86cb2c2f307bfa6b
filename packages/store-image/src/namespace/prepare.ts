import { chown, cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { postgresImageConfig, postgresUserId } from '@storeyard/postgres-image';
import { execa } from 'execa';
import type { StoreImagePartId } from '../build/parts';
import { appDirectory, storeImageConfig, storeUserId } from '../storeImage';
import { BuildDatabase } from './BuildDatabase';
import { createDataDirectory } from './createDataDirectory';
import { createTemplate } from './createTemplate';
import { Sandbox } from './Sandbox';
import { shopEnvironment, warmUp } from './warmUp';

/** What {@link prepare} works with: folders. */
export interface PrepareOptions {
  storeRoot: string;
  postgresRoot: string;
  /** Holds `node_modules`. */
  production: string;
  /** All else of `/app`. */
  server: string;
  /**
   * Gets the last layer of each image: `store` (below `/app`) and `postgres`; and `roots`, which may only be removed once
   * the namespaces and their mounts are gone.
   */
  into: string;
}

const WORK = '/work';

/**
 * Makes what saves a new shop its work: the schema as SQL, a data directory that holds it, and Node's compile cache. Runs
 * in namespaces of its own, with the images' own programs.
 */
export async function prepare(options: PrepareOptions): Promise<void> {
  const { into } = options;
  const { shop, postgres } = await createSandboxes(options);
  const database = new BuildDatabase(postgres);

  const { sql, digest } = await part('image-schema', async () => {
    const directory = `${WORK}/migrated`;
    await database.initialize(directory);
    const dump = await database.serve(directory, async () => {
      for (const command of [
        ['db:migrate', '--skip-scripts', '--execute-safe-links'],
        ['db:migrate:scripts'],
      ]) {
        await shop.run(
          'node',
          ['node_modules/@medusajs/cli/cli.js', ...command],
          {
            cwd: appDirectory,
            // Other flags than the shop's: what it compiled would never be used.
            env: {
              ...shopEnvironment(database.url),
              NODE_DISABLE_COMPILE_CACHE: '1',
            },
          },
        );
      }
      return database.dump();
    });
    await rm(postgres.path(directory), { recursive: true });
    return createTemplate(dump);
  });
  const template = shop.path(`${appDirectory}/template`);
  await mkdir(template);
  await writeFile(join(template, 'schema.digest'), `${digest}\n`);
  await writeFile(join(template, 'schema.sql.gz'), gzipSync(sql));

  const data = `${WORK}/pgdata`;
  await part('image-database', async () => {
    await createDataDirectory({
      sandbox: postgres,
      database,
      directory: data,
      template: sql,
    });
    const target = join(into, 'postgres/template');
    await mkdir(target, { recursive: true });
    await chown(target, postgresUserId, postgresUserId);
    await execa('cp', ['-a', postgres.path(data), join(target, 'pgdata')]);
  });

  await part('image-warm-up', async () => {
    await database.allowEverybody(data);
    await database.serve(data, () =>
      warmUp({ sandbox: shop, databaseUrl: database.url }),
    );
    const target = join(into, 'store');
    await mkdir(target);
    await cp(template, join(target, 'template'), { recursive: true });
    await execa('cp', [
      ...['-r', shop.path(`${appDirectory}/.compile-cache`), target],
    ]);
    await execa('chmod', ['-R', 'a+rX,go-w', target]);
    await execa('chown', ['-R', '0:0', target]);
  });
}

async function createSandboxes(options: PrepareOptions) {
  const { storeRoot, postgresRoot, production, server, into } = options;
  const shopRoot = join(into, 'roots/shop');
  const postgresFolder = join(into, 'roots/postgres');
  await mkdir(join(into, 'roots'), { recursive: true });
  // Hard links: nothing is copied, and the programs in there may not write to root's files.
  const link = (from: string, to: string) => execa('cp', ['-al', from, to]);
  await link(storeRoot, shopRoot);
  await mkdir(join(shopRoot, appDirectory));
  await link(join(production, 'node_modules'), join(shopRoot, appDirectory));
  await link(`${server}/.`, join(shopRoot, appDirectory));
  const cache = join(shopRoot, appDirectory, '.compile-cache');
  await mkdir(cache);
  await chown(cache, storeUserId, storeUserId);

  await link(postgresRoot, postgresFolder);
  await mkdir(join(postgresFolder, WORK));
  await chown(join(postgresFolder, WORK), postgresUserId, postgresUserId);

  const postgres = await Sandbox.create({
    root: postgresFolder,
    userId: postgresUserId,
    env: postgresImageConfig.Env ?? [],
  });
  const shop = await Sandbox.create({
    root: shopRoot,
    userId: storeUserId,
    env: storeImageConfig.Env,
  });
  // The loopback of a new network namespace is down, and not every machine has `ip`.
  await execa('chroot', [postgresFolder, 'ip', 'link', 'set', 'lo', 'up']);
  return { shop, postgres };
}

/** Tells the process outside, by a line that it looks for. */
async function part<T>(
  id: StoreImagePartId,
  make: () => Promise<T>,
): Promise<T> {
  console.log(`part start ${id}`);
  const made = await make();
  console.log(`part done ${id}`);
  return made;
}
