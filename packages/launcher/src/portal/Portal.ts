import { rm } from 'node:fs/promises';
import { endProcess } from '../processes/endProcess';
import {
  ProcessRecord,
  readRunningProcess,
  removeProcessRecord,
} from '../processes/ProcessRecord';
import { portalPaths } from './portalPaths';

// An orderly end takes a second or two; the rest is for a busy machine.
const graceMilliseconds = 20_000;

/** The running portal of one instance. */
export class Portal {
  static create(options: {
    baseUrl: string;
    token: string;
    stateDirectory: string;
    process: ProcessRecord;
  }): Portal {
    return new Portal(
      options.baseUrl,
      options.token,
      options.stateDirectory,
      options.process,
    );
  }

  private constructor(
    /** Where it is, such as `http://localhost:7007`. */
    readonly baseUrl: string,
    /** Static token for `/api/stores` and nothing else. */
    readonly token: string,
    private readonly stateDirectory: string,
    private readonly process: ProcessRecord,
  ) {}

  get pid(): number {
    return this.process.pid;
  }

  /** Ends it by SIGKILL, as a crash would. */
  async kill(): Promise<void> {
    await endProcess(this.process, { graceMilliseconds: 0 });
  }

  /** Ends it in order. */
  async stop(): Promise<void> {
    await stopPortal(this.stateDirectory);
  }
}

/** Ends the portal of an instance in order. Resolves to whether one was running. */
export async function stopPortal(stateDirectory: string): Promise<boolean> {
  const { processRecord } = portalPaths(stateDirectory);
  const running = await readRunningProcess(processRecord);
  if (running) {
    await endProcess(running, { graceMilliseconds });
  }
  await removeProcessRecord(processRecord);
  return running !== undefined;
}

/** Ends the portal of an instance and removes all that it keeps: settings, database and log. */
export async function removePortal(stateDirectory: string): Promise<void> {
  await stopPortal(stateDirectory);
  const { config, database, log, settings } = portalPaths(stateDirectory);
  for (const path of [config, database, log, settings]) {
    await rm(path, { recursive: true, force: true });
  }
}
