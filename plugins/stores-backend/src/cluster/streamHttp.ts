import http from 'node:http';
import https from 'node:https';

export interface HttpStream {
  status: number;
  /** The body's lines as they come; ends or throws with the connection. */
  lines: AsyncIterable<string>;
  close(): void;
}

export interface StreamHttpOptions {
  agent: http.Agent | undefined;
  headers: http.OutgoingHttpHeaders;
  /** The connection is given up when nothing comes over it for so long, in milliseconds. */
  silenceMs: number;
  signal?: AbortSignal;
}

const KEEP_ALIVE_MS = 15_000;

/** Asks for an answer that goes on for long, and hands out its lines as they come. */
export function streamHttp(
  url: URL,
  options: StreamHttpOptions,
): Promise<HttpStream> {
  const { silenceMs, ...rest } = options;
  const { request } = url.protocol === 'https:' ? https : http;
  return new Promise((resolve, reject) => {
    const sent = request(url, { ...rest, method: 'GET' }, response => {
      response.setEncoding('utf8');
      resolve({
        status: response.statusCode ?? 0,
        lines: splitLines(response),
        close: () => sent.destroy(),
      });
    });
    // A peer that is gone says nothing: neither the socket nor the server would tell.
    sent.setTimeout(silenceMs, () =>
      sent.destroy(new Error(`Nothing came for ${silenceMs / 1000} s`)),
    );
    sent.on('socket', socket => socket.setKeepAlive(true, KEEP_ALIVE_MS));
    sent.on('error', reject);
    sent.end();
  });
}

async function* splitLines(
  chunks: AsyncIterable<string>,
): AsyncGenerator<string> {
  let parts: string[] = [];
  for await (const chunk of chunks) {
    const lines = chunk.split('\n');
    const last = lines.pop() ?? '';
    for (const line of lines) {
      const whole = [...parts, line].join('');
      parts = [];
      if (whole) yield whole;
    }
    if (last) parts.push(last);
  }
  if (parts.length > 0) yield parts.join('');
}
