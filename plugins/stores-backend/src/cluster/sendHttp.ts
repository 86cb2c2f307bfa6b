import http from 'node:http';
import https from 'node:https';

export interface HttpAnswer {
  status: number;
  body: string;
}

export interface SendHttpOptions {
  method: string;
  agent: http.Agent | undefined;
  headers: http.OutgoingHttpHeaders;
  body?: string;
  signal: AbortSignal;
}

class StaleConnectionError extends Error {}

/**
 * Sends a request that may be repeated, and reads the whole answer. A kept connection that the server closed at the same
 * moment is no answer: the request is then sent once more.
 */
export async function sendHttp(
  url: URL,
  options: SendHttpOptions,
): Promise<HttpAnswer> {
  try {
    return await sendOnce(url, options);
  } catch (error) {
    if (!(error instanceof StaleConnectionError)) throw error;
    return await sendOnce(url, options);
  }
}

function sendOnce(url: URL, options: SendHttpOptions): Promise<HttpAnswer> {
  const { body, ...rest } = options;
  const { request } = url.protocol === 'https:' ? https : http;
  return new Promise((resolve, reject) => {
    const sent = request(url, rest, response => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', chunk => {
        text += chunk;
      });
      response.on('error', reject);
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, body: text }),
      );
    });
    sent.on('error', error =>
      reject(
        sent.reusedSocket && 'code' in error && error.code === 'ECONNRESET'
          ? new StaleConnectionError(error.message, { cause: error })
          : error,
      ),
    );
    if (body !== undefined) {
      sent.setHeader('content-length', Buffer.byteLength(body));
    }
    sent.end(body);
  });
}
