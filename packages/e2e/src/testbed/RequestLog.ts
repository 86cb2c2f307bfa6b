import { readFile } from 'node:fs/promises';
import { portalPaths } from '@storeyard/launcher';
import { stateDirectory } from '@storeyard/local-cluster';

/** A request as the portal's backend has logged it. */
export interface LoggedRequest {
  method: string;
  url: string;
  status: number;
  /** Of the answer, in bytes. */
  contentLength?: number;
  userAgent?: string;
}

/** What the portal's backend has answered, by its own log. */
export class RequestLog {
  static of(instance: string): RequestLog {
    return new RequestLog(portalPaths(stateDirectory(instance)).log);
  }

  private constructor(private readonly file: string) {}

  /** All that a browser has asked for, in the order of the answers. */
  async requestsOf(userAgent: string): Promise<LoggedRequest[]> {
    const text = await readFile(this.file, 'utf8');
    return text
      .split('\n')
      .filter(line => line.includes('"type":"incomingRequest"'))
      .map(line => JSON.parse(line) as LoggedRequest)
      .filter(request => request.userAgent === userAgent);
  }
}
