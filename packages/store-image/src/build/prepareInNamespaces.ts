import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { PrepareOptions } from '../namespace/prepare';
import { runLogged } from './runLogged';
import type { StoreImagesProgress } from './parts';

/** Options of {@link prepareInNamespaces}. */
export interface PrepareInNamespacesOptions extends PrepareOptions {
  log: string;
  progress?: StoreImagesProgress;
  signal?: AbortSignal;
}

/**
 * Runs database and shop as their images will, in mount, network, process and IPC namespaces of their own: no port is
 * taken, and no process or mount is left, however it ends.
 */
export async function prepareInNamespaces(
  options: PrepareInNamespacesOptions,
): Promise<void> {
  const { log, progress, signal, ...prepare } = options;
  await runLogged({
    command: 'unshare',
    args: [
      ...['--mount', '--net', '--ipc', '--pid', '--fork', '--kill-child'],
      ...((await isRootMounted())
        ? ['--mount-proc']
        : [
            ...['--propagation', 'unchanged', 'perl'],
            join(__dirname, '../namespace/privateMounts.pl'),
          ]),
      process.execPath,
      ...[
        '--require',
        require.resolve('@backstage/cli/config/nodeTransform.cjs'),
      ],
      join(__dirname, '../namespace/main.ts'),
      JSON.stringify(prepare),
    ],
    onLine: line => {
      const [, event, id] = /^part (start|done) (\S+)$/.exec(line) ?? [];
      if (event === 'start' && id) {
        progress?.start(id);
      } else if (event === 'done' && id) {
        progress?.finish(id, 'done');
      }
    },
    log,
    signal,
  });
  // Not from inside: the mounts of those folders hold this machine's devices.
  await rm(join(prepare.into, 'roots'), { recursive: true });
}

/** In a chroot the root is a folder like any other. */
async function isRootMounted(): Promise<boolean> {
  const mounts = await readFile('/proc/self/mountinfo', 'utf8');
  return mounts.split('\n').some(line => line.split(' ')[4] === '/');
}
