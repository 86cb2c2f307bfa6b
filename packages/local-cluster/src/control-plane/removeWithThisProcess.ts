import { spawn } from 'node:child_process';

/**
 * Removes a folder when this process ends, however it ends: a shell waits for the pipe to close.
 * The returned function ends the shell before that, when the folder is gone already.
 */
export function removeWithThisProcess(directory: string): () => void {
  const watcher = spawn(
    'sh',
    [
      '-c',
      // Programs that end at the same moment may still be writing.
      'cat > /dev/null; for i in $(seq 100); do rm -rf -- "$0" && exit; sleep 0.1; done',
      directory,
    ],
    { stdio: ['pipe', 'ignore', 'ignore'], detached: true },
  );
  watcher.unref();
  const pipe = watcher.stdin;
  if ('unref' in pipe && typeof pipe.unref === 'function') {
    pipe.unref();
  }
  return () => pipe.end();
}
