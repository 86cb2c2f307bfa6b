import { existsSync } from 'node:fs';
import { appendFile, mkdir, writeFile } from 'node:fs/promises';
import { execa } from 'execa';

const remedy =
  "install PostgreSQL, on Debian by 'apt-get install postgresql', or name a server in BACKSTAGE_TEST_DATABASE_POSTGRES15_CONNECTION_STRING";

/**
 * Installs Debian's PostgreSQL, without the server that the package would start.
 *
 * @throws Error with the remedy when that is not possible here
 */
export async function installPostgres(logFile: string): Promise<void> {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) {
    throw new Error(`there is no PostgreSQL for the tests: ${remedy}`);
  }
  await aptGet(logFile, ['update']);
  await install(logFile, 'postgresql-common');
  const settings = '/etc/postgresql-common/createcluster.d';
  await mkdir(settings, { recursive: true });
  await writeFile(
    `${settings}/storeyard.conf`,
    'create_main_cluster = false\n',
  );
  await install(logFile, 'postgresql');
}

function install(logFile: string, name: string): Promise<void> {
  return aptGet(logFile, ['install', '-y', '--no-install-recommends', name]);
}

async function aptGet(logFile: string, args: string[]): Promise<void> {
  const { exitCode, all } = await execa('apt-get', args, {
    all: true,
    reject: false,
    env: { DEBIAN_FRONTEND: 'noninteractive' },
  });
  await appendFile(logFile, `$ apt-get ${args.join(' ')}\n${all}\n`);
  if (exitCode !== 0) {
    throw new Error(
      `'apt-get ${args.join(
        ' ',
      )}' ended with ${exitCode}, see '${logFile}'; ${remedy}`,
    );
  }
}
