export class StoreApiError extends Error {
  constructor(message: string, readonly status: number) {
    super(message);
  }
}

/** Medusa's Store API at the page's own origin. */
export class StoreApi {
  constructor(private readonly publishableKey: string) {}

  get<T>(path: string): Promise<T> {
    return this.request<T>('GET', path);
  }

  post<T>(path: string, body: object = {}): Promise<T> {
    return this.request<T>('POST', path, body);
  }

  delete<T>(path: string): Promise<T> {
    return this.request<T>('DELETE', path);
  }

  private async request<T>(
    method: string,
    path: string,
    body?: object,
  ): Promise<T> {
    const response = await fetch(`/store${path}`, {
      method,
      headers: {
        'content-type': 'application/json',
        'x-publishable-api-key': this.publishableKey,
      },
      body: body && JSON.stringify(body),
    });
    const content = await response.json().catch(() => ({}));
    if (!response.ok) {
      throw new StoreApiError(
        content.message ?? `The shop answered ${response.status}.`,
        response.status,
      );
    }
    return content;
  }
}
