import { request } from 'node:https';

export interface ApiCredentials {
  /** PEM, as the others. */
  authority: string;
  certificate: string;
  key: string;
}

export interface ApiAnswer {
  status: number;
  body: string;
}

/** Bare requests to the API server as its admin, for what is needed before and beside a Kubernetes client. */
export class ApiRequests {
  constructor(
    private readonly port: number,
    private readonly credentials: ApiCredentials,
  ) {}

  get(path: string): Promise<ApiAnswer> {
    return this.send('GET', path);
  }

  post(path: string, body: unknown): Promise<ApiAnswer> {
    return this.send('POST', path, JSON.stringify(body));
  }

  private send(
    method: string,
    path: string,
    body?: string,
  ): Promise<ApiAnswer> {
    return new Promise((resolve, reject) => {
      const sent = request(
        {
          host: '127.0.0.1',
          port: this.port,
          method,
          path,
          ca: this.credentials.authority,
          cert: this.credentials.certificate,
          key: this.credentials.key,
          agent: false,
          timeout: 5_000,
          headers: { 'content-type': 'application/json' },
        },
        response => {
          let text = '';
          response.setEncoding('utf8');
          response.on('data', chunk => {
            text += chunk;
          });
          response.on('end', () =>
            resolve({ status: response.statusCode ?? 0, body: text }),
          );
          response.on('error', reject);
        },
      );
      sent.on('timeout', () => sent.destroy(new Error('no answer in 5 s')));
      sent.on('error', reject);
      sent.end(body);
    });
  }
}
