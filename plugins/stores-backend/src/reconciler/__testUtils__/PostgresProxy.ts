import { once } from 'node:events';
import {
  type AddressInfo,
  connect,
  createServer,
  type Server,
  type Socket,
} from 'node:net';

/** A statement that was caught on its way to the database. */
export interface HeldStatement {
  readonly text: string;
  /** Lets it go on, and says what the database answers first. */
  release(): Promise<string>;
}

interface Target {
  host: string;
  port: number;
}

/** Stands between a replica and PostgreSQL, and can hold a statement back as a network does. */
export class PostgresProxy {
  static async start(target: Target): Promise<PostgresProxy> {
    const proxy = new PostgresProxy(target);
    proxy.server.listen(0, '127.0.0.1');
    await once(proxy.server, 'listening');
    return proxy;
  }

  private readonly sockets = new Set<Socket>();
  private readonly server: Server;
  private wanted: ((statement: string) => boolean) | undefined;
  private caught: ((held: HeldStatement) => void) | undefined;

  private constructor(private readonly target: Target) {
    this.server = createServer(client => this.join(client));
  }

  get address(): Target {
    const { port } = this.server.address() as AddressInfo;
    return { host: '127.0.0.1', port };
  }

  next(wanted: (statement: string) => boolean): Promise<HeldStatement> {
    this.wanted = wanted;
    return new Promise(resolve => {
      this.caught = resolve;
    });
  }

  /** Catches nothing more. */
  none(): void {
    this.wanted = undefined;
  }

  async stop(): Promise<void> {
    this.sockets.forEach(socket => socket.destroy());
    this.server.close();
    await once(this.server, 'close');
  }

  private join(client: Socket): void {
    const server = connect(this.target);
    for (const socket of [client, server]) {
      this.sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => {
        this.sockets.delete(socket);
        client.destroy();
        server.destroy();
      });
    }
    server.pipe(client);
    client.on('data', data => {
      const text = data.toString('latin1');
      if (!this.wanted?.(text)) {
        server.write(data);
        return;
      }
      const { caught } = this;
      this.wanted = undefined;
      this.caught = undefined;
      caught?.({
        text,
        release: async () => {
          const answered = once(server, 'data');
          server.write(data);
          const [answer] = await answered;
          return (answer as Buffer).toString('latin1');
        },
      });
    });
  }
}
