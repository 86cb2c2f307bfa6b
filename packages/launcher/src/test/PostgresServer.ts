import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, existsSync, openSync, closeSync } from 'node:fs';
import { chmod, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ForwardedError } from '@backstage/errors';
import { freePort } from '@storeyard/local-cluster';
import { execa } from 'execa';
import { installPostgres } from './installPostgres';

const startMilliseconds = 60_000;
const stopMilliseconds = 20_000;

/** Options of {@link PostgresServer.start}. */
export interface StartPostgresServerOptions {
  /** Where the server's own output, and that of its installation, is appended to. */
  logFile: string;
}

/**
 * A private PostgreSQL server for tests: on a free port of the loopback, with
 * its data in a temporary folder, trusting every connection and safe against
 * nothing. It ends with this process, however that ends.
 */
export class PostgresServer {
  /**
   * Starts a server; as root on Debian, PostgreSQL is installed first where it lacks.
   *
   * @throws Error with the remedy when there is no PostgreSQL and no way to one
   */
  static async start(
    options: StartPostgresServerOptions,
  ): Promise<PostgresServer> {
    const { logFile } = options;
    const binaries =
      (await findBinaries()) ??
      (await installPostgres(logFile).then(findBinaries));
    if (binaries === undefined) {
      throw new Error(
        'PostgreSQL was installed, but its programs are not in /usr/lib/postgresql',
      );
    }
    const directory = await mkdtemp(join(tmpdir(), 'storeyard-postgres-'));
    try {
      return await PostgresServer.run({ binaries, directory, logFile });
    } catch (error) {
      await rm(directory, { recursive: true, force: true });
      throw new ForwardedError(
        `the PostgreSQL server for tests did not start, see '${logFile}'`,
        error,
      );
    }
  }

  private static async run(options: {
    binaries: string;
    directory: string;
    logFile: string;
  }): Promise<PostgresServer> {
    const { binaries, directory, logFile } = options;
    const data = join(directory, 'data');
    const user = await serverUser();
    await chmod(directory, 0o700);
    if (user !== undefined) {
      await runLogged(logFile, 'chown', [`${user.uid}:${user.gid}`, directory]);
    }
    await runLogged(
      logFile,
      ...asUser(user, [
        join(binaries, 'initdb'),
        ...['-D', data, '-U', 'postgres', '--auth=trust', '-E', 'UTF8'],
        ...['--no-sync', '--locale=C'],
      ]),
    );
    const port = await freePort();
    const child = spawnLogged(
      logFile,
      ...asUser(user, [
        join(binaries, 'postgres'),
        ...['-D', data, '-p', `${port}`, '-k', directory, '-F'],
        ...['-c', 'listen_addresses=127.0.0.1', '-c', 'max_connections=200'],
        ...['-c', 'full_page_writes=off', '-c', 'synchronous_commit=off'],
      ]),
    );
    const server = new PostgresServer(
      `postgresql://postgres@127.0.0.1:${port}`,
      child,
      directory,
    );
    try {
      await waitForAnswer(child, binaries, port);
    } catch (error) {
      await server.stop();
      throw error;
    }
    return server;
  }

  private constructor(
    /** Without a database's name: a superuser that may create databases. */
    readonly connectionString: string,
    private readonly child: ChildProcess,
    private readonly directory: string,
  ) {}

  /** Ends the server and removes its data. */
  async stop(): Promise<void> {
    if (isRunning(this.child)) {
      const ended = once(this.child, 'exit');
      // PostgreSQL's fast shutdown: open connections are cut.
      this.child.kill('SIGINT');
      const forced = setTimeout(
        () => this.child.kill('SIGQUIT'),
        stopMilliseconds,
      );
      await ended;
      clearTimeout(forced);
    }
    await rm(this.directory, { recursive: true, force: true });
  }
}

interface ServerUser {
  uid: number;
  gid: number;
}

async function findBinaries(): Promise<string | undefined> {
  const root = '/usr/lib/postgresql';
  const versions = existsSync(root) ? await readdir(root) : [];
  return versions
    .sort((left, right) => Number(right) - Number(left))
    .map(version => join(root, version, 'bin'))
    .find(binaries => existsSync(join(binaries, 'initdb')));
}

/** PostgreSQL refuses to run as root: Debian's package has a user for it. */
async function serverUser(): Promise<ServerUser | undefined> {
  if (process.getuid?.() !== 0) {
    return undefined;
  }
  const accounts = await readFile('/etc/passwd', 'utf8');
  const fields = accounts
    .split('\n')
    .map(line => line.split(':'))
    .find(([name]) => name === 'postgres');
  if (fields === undefined) {
    throw new Error(
      "there is no user 'postgres', which Debian's package creates: install it by 'apt-get install postgresql'",
    );
  }
  return { uid: Number(fields[2]), gid: Number(fields[3]) };
}

/** The command under the server's account, ended by the kernel when this process ends. */
function asUser(
  user: ServerUser | undefined,
  command: string[],
): [string, string[]] {
  const account =
    user === undefined
      ? []
      : ['--reuid', `${user.uid}`, '--regid', `${user.gid}`, '--clear-groups'];
  return ['setpriv', ['--pdeathsig', 'INT', ...account, ...command]];
}

function spawnLogged(
  logFile: string,
  command: string,
  args: string[],
): ChildProcess {
  const log = openSync(logFile, 'a');
  try {
    return spawn(command, args, { cwd: '/', stdio: ['ignore', log, log] });
  } finally {
    closeSync(log);
  }
}

async function runLogged(
  logFile: string,
  command: string,
  args: string[],
): Promise<void> {
  appendFileSync(logFile, `$ ${command} ${args.join(' ')}\n`);
  const [code] = await once(spawnLogged(logFile, command, args), 'exit');
  if (code !== 0) {
    throw new Error(`'${command} ${args.join(' ')}' ended with ${code}`);
  }
}

async function waitForAnswer(
  child: ChildProcess,
  binaries: string,
  port: number,
): Promise<void> {
  const deadline = Date.now() + startMilliseconds;
  while (Date.now() < deadline) {
    if (!isRunning(child)) {
      throw new Error(`the server ended with ${child.exitCode}`);
    }
    const { exitCode } = await execa(
      join(binaries, 'pg_isready'),
      ['-h', '127.0.0.1', '-p', `${port}`],
      { reject: false },
    );
    if (exitCode === 0) {
      return;
    }
    await sleep(50);
  }
  throw new Error(`no answer on port ${port} in ${startMilliseconds / 1000} s`);
}

function isRunning(child: ChildProcess): boolean {
  return child.exitCode === null && child.signalCode === null;
}
