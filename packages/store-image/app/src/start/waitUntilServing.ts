import { get } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

const DEADLINE_MS = 60_000;
const INTERVAL_MS = 20;

/** Asks this process's own `/ready` until it says yes. */
export async function waitUntilServing(port: string): Promise<void> {
  const deadline = Date.now() + DEADLINE_MS;
  for (;;) {
    const outcome = await ask(port);
    if (outcome === 200) {
      return;
    }
    if (Date.now() > deadline) {
      throw new Error(
        `'/ready' on port ${port} did not answer 200 within ${DEADLINE_MS} ms, last: '${outcome}'`,
      );
    }
    await sleep(INTERVAL_MS);
  }
}

function ask(port: string): Promise<number | string> {
  return new Promise(resolve => {
    const request = get(
      { host: '127.0.0.1', port, path: '/ready', agent: false },
      response => {
        response.resume();
        response.on('end', () => resolve(response.statusCode ?? 0));
      },
    );
    request.setTimeout(5_000, () => request.destroy(new Error('timeout')));
    request.on('error', error => resolve(error.message));
  });
}
