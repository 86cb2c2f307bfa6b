import { ConflictError, InputError } from '@backstage/errors';
import { isPortFree } from '@storeyard/local-cluster';

/** Options of {@link choosePort}. */
export interface ChoosePortOptions {
  instance: string;
  /** The port that the instance had before, or that a person asks for. */
  wanted?: number;
  isFree?: (port: number) => Promise<boolean>;
}

const firstPort = 7007;
const lastPort = 7107;

/** Reads a port out of the environment; `undefined` when it says none. */
export function parsePort(text: string | undefined): number | undefined {
  if (!text) {
    return undefined;
  }
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new InputError(`STOREYARD_PORT is '${text}', expected 1 to 65535`);
  }
  return port;
}

/**
 * The portal's port: the wanted one, 7007 for the instance `local`, and for others the next free one.
 * Throws a `ConflictError` when the port that it must be belongs to somebody else.
 */
export async function choosePort(options: ChoosePortOptions): Promise<number> {
  const { instance, isFree = isPortFree } = options;
  const fixed =
    options.wanted ?? (instance === 'local' ? firstPort : undefined);
  if (fixed !== undefined) {
    if (await isFree(fixed)) {
      return fixed;
    }
    throw new ConflictError(
      `Port ${fixed}, which the portal of the instance '${instance}' is to listen on, is taken by another program. Stop that program, or choose another port: STOREYARD_PORT=${
        fixed + 1
      } npm start`,
    );
  }
  for (let port = firstPort + 1; port <= lastPort; port++) {
    if (await isFree(port)) {
      return port;
    }
  }
  throw new ConflictError(
    `No port from ${
      firstPort + 1
    } to ${lastPort} is free for the portal of the instance '${instance}'. Choose one: STOREYARD_PORT=… npm start`,
  );
}
