import { join } from 'node:path';
import { digestFiles, imageToolsSources } from '@storeyard/image-tools';
import { createPostgresRoot, postgresSources } from '@storeyard/postgres-image';
import { nodeVersion } from '../storeImage';
import {
  appSources,
  buildServer,
  createProductionDependencies,
  installDependencies,
} from './application';
import { BuildContext, part, stepPart } from './BuildContext';
import { createStoreRoot } from './createStoreRoot';
import { ownSource } from './ownSources';

/** The system files of both images, from Debian's packages. */
export async function buildRoots(context: BuildContext) {
  const { scratch, log, signal } = context;
  const downloads = join(scratch.path, 'debian-packages');
  const key = await digestFiles(
    [
      ...postgresSources,
      ...imageToolsSources,
      ownSource('build/createStoreRoot.ts'),
    ],
    { ignore: ['*.test.ts'], salt: [nodeVersion] },
  );
  return part(context, 'image-roots', async () => {
    const store = await scratch.step('store-root', key, async into => {
      await createStoreRoot({ into, downloads, log, signal });
    });
    const postgres = await scratch.step('postgres-root', key, async into => {
      await createPostgresRoot({ into, downloads, signal });
    });
    return { storeRoot: store.folder, postgresRoot: postgres.folder };
  });
}

/** The shop's server and the packages that it needs. */
export async function buildApplication(context: BuildContext) {
  const { log, signal } = context;
  const locks = ['package.json', 'package-lock.json'].map(name =>
    join(appSources, name),
  );
  const lockKey = await digestFiles(locks);
  const productionKey = await digestFiles([
    ...locks,
    ownSource('build/application.ts'),
    ownSource('build/pruneDependencies.ts'),
  ]);
  const buildKey = await digestFiles(
    [appSources, ownSource('build/application.ts')],
    {
      ignore: ['node_modules', '.medusa'],
    },
  );
  const dependencies = await stepPart(
    context,
    'image-dependencies',
    lockKey,
    into => installDependencies({ into, log, signal }),
  );
  const production = await stepPart(
    context,
    'image-production',
    productionKey,
    into => createProductionDependencies({ dependencies, into, log, signal }),
  );
  const server = await stepPart(context, 'image-server', buildKey, into =>
    buildServer({ dependencies, into, log, signal }),
  );
  return { production, server };
}
