import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { ForwardedError } from '@backstage/errors';
import { ShopRequestError } from './ShopRequestError';

/** Where a shop answers. */
export interface ShopAddress {
  /** What to connect to: `http://127.0.0.1:8080`. */
  baseUrl: string;
  /** The shop's host, when it isn't the one of `baseUrl`: it is sent as `Host` and, over TLS, as server name. */
  host?: string;
  /** One request may take this long. Default: 30,000 ms. */
  timeoutMs?: number;
  signal?: AbortSignal;
}

interface JsonRequest {
  method: 'GET' | 'POST' | 'DELETE';
  path: string;
  body?: object;
  headers?: Record<string, string>;
}

const DEFAULT_TIMEOUT_MS = 30_000;

/**
 * Sends one request and reads the answer as JSON. `fetch` can't set the `Host` header, which an ingress routes by.
 *
 * @throws ShopRequestError for an answer other than 2xx
 */
export async function requestJson<T>(
  address: ShopAddress,
  { method, path, body, headers = {} }: JsonRequest,
): Promise<T> {
  const url = new URL(path, address.baseUrl);
  const host = address.host ?? url.host;
  const payload = body && Buffer.from(JSON.stringify(body));
  const request = url.protocol === 'https:' ? httpsRequest : httpRequest;
  const answer = await new Promise<{ status: number; text: string }>(
    (resolve, reject) => {
      const sent = request(
        url,
        {
          method,
          agent: false,
          servername: host.replace(/:\d+$/, ''),
          headers: {
            host,
            ...(payload && {
              'content-type': 'application/json',
              'content-length': payload.length,
            }),
            ...headers,
          },
          timeout: address.timeoutMs ?? DEFAULT_TIMEOUT_MS,
          signal: address.signal,
        },
        response => {
          let text = '';
          response.setEncoding('utf8');
          response.on('data', chunk => {
            text += chunk;
          });
          response.on('error', reject);
          response.on('end', () =>
            resolve({ status: response.statusCode ?? 0, text }),
          );
        },
      );
      sent.on('timeout', () => sent.destroy(new Error('no answer in time')));
      sent.on('error', error =>
        reject(new ForwardedError(`${method} '${url}' for '${host}'`, error)),
      );
      sent.end(payload);
    },
  );
  if (answer.status < 200 || answer.status > 299) {
    throw new ShopRequestError(
      `${method} '${path}' for '${host}' was answered with '${
        answer.status
      }': ${answer.text.slice(0, 300)}`,
      answer.status,
    );
  }
  return JSON.parse(answer.text);
}
