import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { connect, createServer, Server } from 'node:net';
import { hasCode } from '../hasCode';

/** Options of {@link InstanceLock.acquire}. */
export interface AcquireInstanceLockOptions {
  /** The instance's state directory. */
  state: string;
  /** Called once when somebody else has it. */
  onWait: () => void;
  signal?: AbortSignal;
}

/**
 * Keeps two commands from changing one instance at a time. It is an abstract socket: the kernel lets go of it when
 * its holder ends in any way, and whoever waits hears of it at once.
 */
export class InstanceLock {
  /** Has it for as long as some work takes. */
  static async hold<T>(
    options: AcquireInstanceLockOptions,
    work: () => Promise<T>,
  ): Promise<T> {
    const lock = await InstanceLock.acquire(options);
    try {
      return await work();
    } finally {
      await lock.release();
    }
  }

  static async acquire(
    options: AcquireInstanceLockOptions,
  ): Promise<InstanceLock> {
    const { state, onWait, signal } = options;
    const digest = createHash('sha256').update(state).digest('hex');
    const name = `\0storeyard-${digest.slice(0, 32)}`;
    let told = false;
    for (;;) {
      signal?.throwIfAborted();
      const server = await listen(name);
      if (server) {
        return new InstanceLock(server);
      }
      if (!told) {
        onWait();
        told = true;
      }
      signal?.throwIfAborted();
      await released(name, signal);
    }
  }

  private constructor(private readonly server: Server) {}

  /** Lets the next one have it. */
  async release(): Promise<void> {
    const closed = once(this.server, 'close');
    this.server.close();
    this.server.emit('release');
    await closed;
  }
}

async function listen(name: string): Promise<Server | undefined> {
  const server = createServer();
  server.on('connection', socket => {
    const end = () => socket.destroy();
    server.once('release', end);
    socket.on('error', end);
    socket.on('close', () => server.off('release', end));
    // Whoever waits doesn't keep its holder alive.
    socket.unref();
    socket.resume();
  });
  server.setMaxListeners(0);
  try {
    server.listen({ path: name });
    await once(server, 'listening');
    server.unref();
    return server;
  } catch (error) {
    if (hasCode(error, 'EADDRINUSE')) {
      return undefined;
    }
    throw error;
  }
}

async function released(name: string, signal?: AbortSignal): Promise<void> {
  const socket = connect({ path: name });
  const abort = () => socket.destroy();
  signal?.addEventListener('abort', abort);
  try {
    await new Promise<void>((resolve, reject) => {
      socket.on('error', error =>
        // It was let go of between our two looks.
        hasCode(error, 'ECONNREFUSED', 'ECONNRESET', 'ENOENT', 'EPIPE')
          ? resolve()
          : reject(error),
      );
      socket.on('close', () => resolve());
      socket.resume();
    });
  } finally {
    signal?.removeEventListener('abort', abort);
  }
}
