import { execa } from 'execa';
import type { LocalCluster } from '@storeyard/local-cluster';

/** What a raw request was answered. */
export interface RawAnswer {
  status: number;
  headers: Headers;
  text: string;
}

/** Options of {@link RunningPlatform.create}. */
export interface RunningPlatformOptions {
  /** Of the portal, such as `http://127.0.0.1:7007`. */
  baseUrl: string;
  token: string;
  cluster: LocalCluster;
  /** Where the metrics are shown without credentials, when anywhere. */
  metricsUrl?: string;
  signal: AbortSignal;
}

/** A portal and its cluster as they run, reached as a person would: by HTTP, kubectl and Helm. */
export class RunningPlatform {
  static create(options: RunningPlatformOptions): RunningPlatform {
    return new RunningPlatform(options);
  }

  private constructor(private readonly options: RunningPlatformOptions) {}

  get signal(): AbortSignal {
    return this.options.signal;
  }

  get metricsUrl(): string | undefined {
    return this.options.metricsUrl;
  }

  /** Where shops answer. */
  get ingress(): string {
    return `http://127.0.0.1:${this.options.cluster.ports.ingress}`;
  }

  /** One request to the portal; any answer is one. */
  async request(
    method: string,
    path: string,
    options: { body?: object; headers?: Record<string, string> } = {},
  ): Promise<RawAnswer> {
    const { baseUrl, signal, token } = this.options;
    const { body, headers } = options;
    return this.fetch(`${baseUrl}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body && { 'content-type': 'application/json' }),
        ...headers,
      },
      body: body && JSON.stringify(body),
      signal: AbortSignal.any([signal, AbortSignal.timeout(60_000)]),
    });
  }

  /** Any address, without credentials. */
  async fetch(url: string, init: RequestInit = {}): Promise<RawAnswer> {
    const response = await fetch(url, init);
    return {
      status: response.status,
      headers: response.headers,
      text: await response.text(),
    };
  }

  /** The environment in which `kubectl` and `helm` are the cluster's, under its admin. */
  async environment(): Promise<{ PATH: string; KUBECONFIG: string }> {
    return this.options.cluster.environment();
  }

  /** Runs `kubectl` or `helm` and resolves to what it printed. */
  async run(command: 'kubectl' | 'helm', args: string[]): Promise<string> {
    const { stdout } = await execa(command, args, {
      env: await this.environment(),
      cancelSignal: this.options.signal,
      timeout: 120_000,
    });
    return stdout;
  }

  /** Like `run`, of JSON. */
  async json<T>(command: 'kubectl' | 'helm', args: string[]): Promise<T> {
    return JSON.parse(await this.run(command, [...args, '-o', 'json'])) as T;
  }
}
