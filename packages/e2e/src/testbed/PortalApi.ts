import { waitFor } from './waitFor';

/** A task of the scaffolder. */
export interface Task {
  id: string;
  status: string;
}

/** One line of a task's log. */
export interface TaskEvent {
  type: string;
  body: {
    message: string;
    output?: { links?: Array<{ url?: string; entityRef?: string }> };
  };
}

/** An entity of the catalog, as far as the tests look. */
export interface CatalogEntity {
  metadata: { name: string; title?: string };
  relations?: Array<{ type: string; targetRef: string }>;
}

/** The APIs of the portal's catalog and scaffolder, as its pages use them. */
export class PortalApi {
  static create(options: { baseUrl: string; token: string }): PortalApi {
    return new PortalApi(options.baseUrl, options.token);
  }

  private constructor(
    private readonly baseUrl: string,
    private readonly token: string,
  ) {}

  /** All entities that the catalog's filter finds, such as `kind=component`. */
  async entities(filter: string): Promise<CatalogEntity[]> {
    const { items } = await this.call<{ items: CatalogEntity[] }>(
      'GET',
      `/api/catalog/entities/by-query?filter=${encodeURIComponent(filter)}`,
    );
    return items;
  }

  /** Starts a task of a template. Resolves to its id. */
  async startTask(templateRef: string, values: object): Promise<string> {
    const { id } = await this.call<{ id: string }>(
      'POST',
      '/api/scaffolder/v2/tasks',
      { templateRef, values },
    );
    return id;
  }

  async taskEvents(id: string): Promise<TaskEvent[]> {
    return this.call('GET', `/api/scaffolder/v2/tasks/${id}/events`);
  }

  /** Resolves to how a task ended. */
  async taskEnd(id: string): Promise<string> {
    return waitFor({ what: `task '${id}' ends` }, async () => {
      const { status } = await this.call<Task>(
        'GET',
        `/api/scaffolder/v2/tasks/${id}`,
      );
      if (status === 'open' || status === 'processing') {
        throw new Error(status);
      }
      return status;
    });
  }

  private async call<T>(
    method: string,
    path: string,
    body?: object,
  ): Promise<T> {
    const response = await fetch(`${this.baseUrl}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.token}`,
        'content-type': 'application/json',
      },
      body: body && JSON.stringify(body),
      signal: AbortSignal.timeout(60_000),
    });
    const text = await response.text();
    if (!response.ok) {
      throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
    }
    return JSON.parse(text);
  }
}
