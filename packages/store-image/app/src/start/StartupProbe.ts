import { createServer, type Server, type ServerResponse } from 'node:http';

/**
 * Answers kubelet's startup probe: a request is held until the shop listens, so that the pod is started at that
 * moment and not at the next look.
 */
export class StartupProbe {
  static listen(port: number): StartupProbe {
    return new StartupProbe(port);
  }

  readonly #server: Server;
  readonly #waiting = new Set<ServerResponse>();
  #started = false;

  private constructor(port: number) {
    this.#server = createServer((_, response) => {
      if (this.#started) {
        this.#answer(response);
      } else {
        this.#waiting.add(response);
        response.on('close', () => this.#waiting.delete(response));
      }
    });
    this.#server.requestTimeout = 0;
    this.#server.on('error', error => {
      console.error(`startup probe on port ${port}: ${error.message}`);
      process.exit(1);
    });
    this.#server.listen(port);
    this.#server.unref();
  }

  /** Answers all who wait, and at once from now on. */
  succeed(): void {
    this.#started = true;
    for (const response of this.#waiting) {
      this.#answer(response);
    }
  }

  #answer(response: ServerResponse): void {
    response.writeHead(200, { connection: 'close' });
    response.end('started\n');
  }
}
