import { readdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { once } from 'node:events';
import { ServiceUnavailableError } from '@backstage/errors';
import { hasCode } from './hasCode';
import { readInstanceRecord } from './InstanceRecord';

/** Whether nothing listens on this port of the host's loopback. */
export async function isPortFree(port: number): Promise<boolean> {
  const server = createServer();
  try {
    server.listen({ host: '127.0.0.1', port, exclusive: true });
    await once(server, 'listening');
    return true;
  } catch (error) {
    if (hasCode(error, 'EADDRINUSE', 'EACCES')) {
      return false;
    }
    throw error;
  } finally {
    server.close();
  }
}

/** Ports that the other instances beside this one have chosen, whether they run or not. */
export function portsOfOthers(state: string): Set<number> {
  const parent = dirname(state);
  let names: string[] = [];
  try {
    names = readdirSync(parent);
  } catch (error) {
    if (!hasCode(error, 'ENOENT')) {
      throw error;
    }
  }
  return new Set(
    names
      .map(name => join(parent, name))
      .filter(directory => directory !== state)
      .map(directory => readInstanceRecord(join(directory, 'instance.json')))
      .flatMap(record =>
        record ? [record.ports.ingress, record.ports.api] : [],
      ),
  );
}

const firstIngressPort = 8080;
const firstApiPort = 6443;
const attempts = 200;

/** Options of {@link choosePorts}. */
export interface ChoosePortsOptions {
  taken: ReadonlySet<number>;
  isFree: (port: number) => Promise<boolean>;
}

/** The ports of a new instance: 8080 and 6443, or the next that nobody has. */
export async function choosePorts(
  options: ChoosePortsOptions,
): Promise<{ ingress: number; api: number }> {
  return {
    ingress: await firstFree(firstIngressPort, options),
    api: await firstFree(firstApiPort, options),
  };
}

async function firstFree(
  first: number,
  { taken, isFree }: ChoosePortsOptions,
): Promise<number> {
  for (let port = first; port < first + attempts; port++) {
    if (!taken.has(port) && (await isFree(port))) {
      return port;
    }
  }
  throw new ServiceUnavailableError(
    `no port from ${first} to ${first + attempts - 1} is free on 127.0.0.1`,
  );
}
