import { chown, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { postgresUserId } from '@storeyard/postgres-image';
import type { Sandbox } from './Sandbox';

/** The superuser and the database of every shop. */
const NAME = 'store';

const TRUST = 'local all all trust\nhost all all 127.0.0.1/32 trust\n';

/**
 * What a server reads in a shop's cluster. The file in a data directory decides who may connect, and with what.
 */
const PASSWORD =
  'local all all scram-sha-256\nhost all all all scram-sha-256\n';

/** Data directories and servers on them, while the images are built. */
export class BuildDatabase {
  constructor(private readonly sandbox: Sandbox) {}

  readonly url = `postgres://${NAME}@127.0.0.1:5432/${NAME}`;

  /** A data directory as `initdb` makes it, with an empty database `store` of a superuser `store` without a password. */
  async initialize(directory: string): Promise<void> {
    await this.sandbox.run('initdb', [
      ...['--pgdata', directory, '--username', NAME, '--auth', 'trust'],
      ...['--encoding', 'UTF8', '--locale', 'C.UTF-8'],
      ...['--no-instructions', '--no-sync'],
    ]);
    await this.allowEverybody(directory);
    await this.singleUser(directory, 'postgres', `create database ${NAME};`);
  }

  /** Runs one command, or several in one transaction, without a server, so that nothing else writes meanwhile. */
  async singleUser(
    directory: string,
    database: string,
    sql: string,
  ): Promise<void> {
    if (/;\n\n./s.test(sql)) {
      throw new Error('An empty line would end the transaction half-way');
    }
    const output = await this.sandbox.run(
      'postgres',
      ['--single', '-j', '-D', directory, database],
      { input: `${sql.trimEnd()}\n\n` },
    );
    const failure = /(ERROR|FATAL|PANIC):.*/.exec(output);
    if (failure) {
      throw new Error(`PostgreSQL refused the template: '${failure[0]}'`);
    }
  }

  /** Runs a server while `use` does. */
  async serve<T>(directory: string, use: () => Promise<T>): Promise<T> {
    const server = this.sandbox.start('postgres', [
      ...['-D', directory],
      ...['-c', 'listen_addresses=127.0.0.1'],
      ...['-c', 'unix_socket_directories=/tmp'],
      ...['-c', 'jit=off', '-c', 'fsync=off', '-c', 'autovacuum=off'],
    ]);
    const ended = server.then(
      () => new Error('PostgreSQL ended'),
      (error: Error) => error,
    );
    try {
      await Promise.race([
        this.untilReady(),
        ended.then(error => Promise.reject(error)),
      ]);
      return await use();
    } finally {
      server.kill('SIGINT');
      await ended;
    }
  }

  dump(): Promise<string> {
    return this.sandbox.run('pg_dump', [
      ...['--host', '127.0.0.1', '--username', NAME, '--dbname', NAME],
      ...['--inserts', '--no-owner', '--no-privileges'],
    ]);
  }

  allowEverybody(directory: string): Promise<void> {
    return this.setAccess(directory, TRUST);
  }

  /** From now on every connection needs the role's password. */
  requirePasswords(directory: string): Promise<void> {
    return this.setAccess(directory, PASSWORD);
  }

  private async setAccess(directory: string, rules: string): Promise<void> {
    const file = this.sandbox.path(join(directory, 'pg_hba.conf'));
    await writeFile(file, rules, { mode: 0o600 });
    await chown(file, postgresUserId, postgresUserId);
  }

  private async untilReady(): Promise<void> {
    const deadline = Date.now() + 60_000;
    for (;;) {
      try {
        await this.sandbox.run('pg_isready', [
          ...['--host', '127.0.0.1', '--timeout', '1', '--quiet'],
        ]);
        return;
      } catch (error) {
        if (Date.now() > deadline) {
          throw error;
        }
        await new Promise(resolve => setTimeout(resolve, 50));
      }
    }
  }
}
