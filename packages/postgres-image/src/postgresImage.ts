import type { ImageConfig } from '@storeyard/image-tools';

/** The major version, as Debian 12 has it. */
export const postgresVersion = '15';

/** The image's name in a cluster that it was loaded into. */
export const postgresReference = `storeyard.local/postgres:${postgresVersion}`;

/** User and group of the server; the official image's number. */
export const postgresUserId = 999;

/** Where the programs of the server are in the image. */
export const postgresPrograms = `/usr/lib/postgresql/${postgresVersion}/bin`;

/** What a container of the image runs with. */
export const postgresImageConfig: ImageConfig = {
  User: `${postgresUserId}:${postgresUserId}`,
  Entrypoint: ['/usr/local/bin/docker-entrypoint.sh'],
  Env: [
    `PATH=${postgresPrograms}:/usr/local/bin:/usr/bin:/bin`,
    'LANG=C.UTF-8',
    'TZ=UTC',
    'PGDATA=/var/lib/postgresql/data/pgdata',
  ],
  ExposedPorts: { '5432/tcp': {} },
  Volumes: { '/var/lib/postgresql/data': {} },
  // Fast shutdown. SIGTERM would wait for the shop's open connections until the pod is killed.
  StopSignal: 'SIGINT',
};
