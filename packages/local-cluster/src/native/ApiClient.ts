import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:https';
import { join } from 'node:path';
import { hasCode } from './hasCode';
import { InstancePaths } from './instancePaths';

/**
 * Reads from an instance's API server as its admin. It is for waiting: a kubectl for each look would take the
 * processor from what is waited for.
 */
export class ApiClient {
  static create(options: { paths: InstancePaths; port: number }): ApiClient {
    const { paths, port } = options;
    const key = (file: string) => readFileSync(join(paths.keys, file));
    const agent = new Agent({
      keepAlive: true,
      ca: key('ca.crt'),
      cert: key('admin.crt'),
      key: key('admin.key'),
    });
    return new ApiClient(agent, port);
  }

  private constructor(
    private readonly agent: Agent,
    private readonly port: number,
  ) {}

  /** What a path answers; `undefined` when it isn't 200, or when nobody answers (yet). */
  async get(path: string): Promise<string | undefined> {
    try {
      const { status, text } = await this.#request(path);
      return status === 200 ? text : undefined;
    } catch (error) {
      if (hasCode(error, 'ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT')) {
        return undefined;
      }
      throw error;
    }
  }

  close(): void {
    this.agent.destroy();
  }

  #request(path: string): Promise<{ status?: number; text: string }> {
    return new Promise((resolve, reject) => {
      const { agent, port } = this;
      const asked = request({ agent, host: '127.0.0.1', port, path });
      asked
        .setTimeout(5000, () =>
          asked.destroy(
            Object.assign(new Error(`no answer to '${path}' in 5 s`), {
              code: 'ETIMEDOUT',
            }),
          ),
        )
        .on('error', reject)
        .on('response', response => {
          let text = '';
          response
            .setEncoding('utf8')
            .on('data', chunk => {
              text += chunk;
            })
            .on('error', reject)
            .on('end', () => resolve({ status: response.statusCode, text }));
        })
        .end();
    });
  }
}
