import { parseArgs } from 'node:util';
import { StoresClient } from '@storeyard/backstage-plugin-stores-common';
import { requestStores, type StoreTime } from './requestStores';

const USAGE =
  'Usage: npm run benchmark:stores -- --token <token> [--url http://localhost:7007] [--count 10] [--minutes 5] [--keep]';

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      url: { type: 'string', default: 'http://localhost:7007' },
      token: { type: 'string' },
      count: { type: 'string', default: '10' },
      minutes: { type: 'string', default: '5' },
      keep: { type: 'boolean', default: false },
    },
  });
  const { token } = values;
  if (!token) throw new Error(USAGE);
  const client = StoresClient.create({
    baseUrl: `${values.url}/api/stores`,
    fetch: (url, init) =>
      fetch(url, {
        ...init,
        headers: {
          ...(init?.headers as Record<string, string>),
          authorization: `Bearer ${token}`,
        },
      }),
  });
  const count = Number(values.count);
  const prefix = `Bench ${Date.now().toString(36)}`;
  const times = await requestStores({
    client,
    count,
    prefix,
    deadlineMs: Number(values.minutes) * 60_000,
    onEnd: time => console.log(describe(time)),
  });
  const ready = times.filter(({ state }) => state === 'READY');
  console.log(summarize(ready, count));
  if (!values.keep) {
    for (const { id } of times) await client.deleteStore(id);
    console.log(`${times.length} stores are being deleted`);
  }
  if (ready.length < count) process.exitCode = 1;
}

function describe(time: StoreTime): string {
  const { id, index, queuePosition, reason, seconds, state } = time;
  const waited =
    queuePosition === undefined ? '' : `, ${queuePosition} before it`;
  const why = reason ? ` (${reason})` : '';
  return `${seconds.toFixed(1).padStart(6)} s  ${state}${why}  request ${
    index + 1
  }  ${id}${waited}`;
}

function summarize(ready: readonly StoreTime[], count: number): string {
  const seconds = ready.map(time => time.seconds);
  const away = Math.max(
    0,
    ...ready.map(({ index }, place) => Math.abs(index - place)),
  );
  const [first = NaN] = seconds;
  const last = seconds.at(-1) ?? NaN;
  const median = seconds[Math.floor(seconds.length / 2)] ?? NaN;
  return `${ready.length} of ${count} READY; first ${first} s, median ${median} s, last ${last} s; in the order of the requests but for ${away} places`;
}

main().catch(error => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
