import { ResponseError } from '@backstage/errors';
import { operationRoutes } from './generated/openapi';
import type { CallOptions, OperationId } from './operationTypes';
import type { StoresFetch } from './StoresClientOptions';

/** Where a client's calls go, and by what. */
export interface Transport {
  getBaseUrl: () => Promise<string>;
  fetch: StoresFetch;
}

/**
 * Makes a call of the REST API as the document describes it.
 *
 * @throws ResponseError when the answer is not a success
 */
export async function sendOperation<Id extends OperationId>(
  transport: Transport,
  id: Id,
  options: CallOptions<Id>,
): Promise<Response> {
  const { headers = {}, body, signal } = options;
  const { method, path } = operationRoutes[id];
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(options.query ?? {})) {
    for (const each of [value ?? []].flat()) {
      search.append(name, String(each));
    }
  }
  const url = `${await transport.getBaseUrl()}${fillIn(path, options.path)}${
    search.size > 0 ? `?${search}` : ''
  }`;
  const response = await transport.fetch(url, {
    method,
    signal,
    headers:
      body === undefined
        ? headers
        : { 'Content-Type': 'application/json', ...headers },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  if (!response.ok) {
    throw await ResponseError.fromResponse(response);
  }
  return response;
}

function fillIn(path: string, parameters: object = {}): string {
  return Object.entries(parameters).reduce(
    (filled, [name, value]) =>
      filled.replace(`{${name}}`, () => encodeURIComponent(String(value))),
    path,
  );
}
