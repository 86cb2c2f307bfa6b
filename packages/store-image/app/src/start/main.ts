// One process and one boot: modules load while PostgreSQL comes up, the database is prepared, Medusa's loaders run,
// the shop is set up, and only then does it listen.
import { join } from 'node:path';
import type { MedusaContainer } from '@medusajs/framework/types';
import { writeFact } from '../database/facts';
import { settingsDigest, readShopSettings } from '../shop/settings';
import { setUpShop } from '../shop/setUpShop';
import { connectDatabase } from './connectDatabase';
import { expectUploads, hasDataSince } from './expectData';
import { log } from './log';
import { prepareDatabase } from './prepareDatabase';
import { SchemaTemplate } from './SchemaTemplate';
import { StartupProbe } from './StartupProbe';
import { waitUntilServing } from './waitUntilServing';

// Modules without types, at paths that are internal to Medusa. The image's test sees to it that a new version still has them.
const loaders: {
  default(options: object): Promise<{ container: MedusaContainer }>;
} = require('@medusajs/medusa/loaders/index');
const {
  default: startMedusa,
}: {
  default(options: object): Promise<unknown>;
} = require('@medusajs/medusa/commands/start');

const SHUTDOWN_MS = 20_000;
const directory = process.cwd();
const port = process.env.PORT || '9000';

async function main(leave: () => void): Promise<void> {
  const probe = StartupProbe.listen(Number(process.env.STARTUP_PORT || 9001));
  const settings = readShopSettings();
  const template = SchemaTemplate.read(directory);
  log('modules loaded');

  // Held until the shop is set up: Medusa makes its defaults without a lock, twice when two servers start at once.
  const database = await connectDatabase();
  const facts = await prepareDatabase(database, template);
  await expectUploads({
    database,
    facts,
    directory: join(directory, 'static'),
    since: hasDataSince(),
  });
  const digest = settingsDigest(settings, template.digest);

  let isSetUp = facts.settings === digest;
  const load = loaders.default;
  loaders.default = async options => {
    const loaded = await load(options);
    log('loaders done');
    if (!isSetUp) {
      await setUpShop({
        container: loaded.container,
        settings,
        previousTitle: facts.title,
      });
      await writeFact(database, 'title', settings.title);
      await writeFact(database, 'settings', digest);
      isSetUp = true;
      log('shop set up');
    }
    return loaded;
  };
  await startMedusa({ directory, port, host: process.env.HOST });
  if (!isSetUp) {
    throw new Error(
      "Medusa started without the loaders at '@medusajs/medusa/loaders/index', so the shop was not set up",
    );
  }
  await database.end();

  process.off('SIGTERM', leave);
  process.off('SIGINT', leave);
  process.once('SIGTERM', () => {
    // Medusa waits for busy connections without a limit.
    setTimeout(() => process.exit(0), SHUTDOWN_MS).unref();
  });
  await waitUntilServing(port);
  probe.succeed();
  log('listening', { port });
}

// As the first process of a container this one would ignore a signal that nothing listens for.
const leave = () => process.exit(143);
process.on('SIGTERM', leave);
process.on('SIGINT', leave);
// As Medusa's own command does: a stray failure is logged and doesn't end the shop.
process.on('unhandledRejection', reason => console.error(reason));
process.on('uncaughtException', error => console.error(error));

main(leave).catch(error => {
  console.error(error);
  process.exit(1);
});
