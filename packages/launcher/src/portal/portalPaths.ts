import { join } from 'node:path';

/** Where the portal of an instance keeps what belongs to it. */
export function portalPaths(stateDirectory: string) {
  return {
    config: join(stateDirectory, 'app-config.instance.yaml'),
    settings: join(stateDirectory, 'portal.json'),
    /** A folder, of SQLite's files. */
    database: join(stateDirectory, 'database'),
    processRecord: join(stateDirectory, 'portal.process.json'),
    log: join(stateDirectory, 'logs', 'portal.log'),
    buildLog: join(stateDirectory, 'logs', 'portal-build.log'),
  };
}
