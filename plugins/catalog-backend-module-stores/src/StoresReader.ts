import { setTimeout as sleep } from 'node:timers/promises';
import type { AuthService } from '@backstage/backend-plugin-api';
import { ResponseError } from '@backstage/errors';
import type {
  Store,
  StoresClient,
} from '@storeyard/backstage-plugin-stores-common';
import type { StoresService } from '@storeyard/backstage-plugin-stores-node';

/** Options of {@link StoresReader.create}. */
export interface StoresReaderOptions {
  auth: AuthService;
  stores: StoresService;
  /** How often a store that can't be read is asked for again, and after how many milliseconds each; 5 times 1000 unless given. */
  retries?: { attempts: number; milliseconds: number };
}

/** Reads stores as the catalog itself. While the backend starts, the stores plugin may be there later than the catalog. */
export class StoresReader {
  static create(options: StoresReaderOptions): StoresReader {
    return new StoresReader(options);
  }

  private constructor(private readonly options: StoresReaderOptions) {}

  /** All stores that are not DELETED, oldest first. */
  async listAll(signal?: AbortSignal): Promise<Store[]> {
    return await this.retrying(client => listAll(client, signal));
  }

  /** The store, or undefined when there is none. */
  async find(id: string): Promise<Store | undefined> {
    return await this.retrying(client => find(client, id));
  }

  private async retrying<T>(
    read: (client: StoresClient) => Promise<T>,
  ): Promise<T> {
    const { auth, retries, stores } = this.options;
    const { attempts, milliseconds } = retries ?? {
      attempts: 5,
      milliseconds: 1_000,
    };
    for (let attempt = 1; ; attempt += 1) {
      try {
        const credentials = await auth.getOwnServiceCredentials();
        return await read(stores.clientFor(credentials));
      } catch (error) {
        if (attempt >= attempts || !mayPass(error)) {
          throw error;
        }
        await sleep(milliseconds);
      }
    }
  }
}

/** Whether the same request may be answered a little later. */
function mayPass(error: unknown): boolean {
  if (error instanceof Error && error.name === 'AbortError') {
    return false;
  }
  return (
    !ResponseError.is(error) ||
    error.statusCode >= 500 ||
    error.statusCode === 429
  );
}

async function listAll(
  client: StoresClient,
  signal?: AbortSignal,
): Promise<Store[]> {
  const stores: Store[] = [];
  let cursor: string | undefined;
  do {
    const page = await client.listStores({
      order: 'createdAt',
      limit: 100,
      cursor,
      signal,
    });
    stores.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return stores;
}

async function find(
  client: StoresClient,
  id: string,
): Promise<Store | undefined> {
  try {
    return await client.getStore(id);
  } catch (error) {
    if (ResponseError.is(error) && error.statusCode === 404) {
      return undefined;
    }
    throw error;
  }
}
