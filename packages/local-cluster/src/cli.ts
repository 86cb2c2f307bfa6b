import { Command, CommanderError, Option } from 'commander';
import { InputError, isError } from '@backstage/errors';
import { execa } from 'execa';
import { createCluster } from './createCluster';
import { LocalCluster, LocalClusterStatus } from './LocalCluster';
import { PreparationError } from './progress';
import { buildLog } from './prepareCluster';
import { programs } from './programs';

interface CommonOptions {
  instance: string;
  context?: string;
  ingressPort?: string;
}

const wrongInput = 2;

function open(options: CommonOptions): LocalCluster {
  const { instance, context, ingressPort } = options;
  const port = ingressPort === undefined ? undefined : Number(ingressPort);
  if (
    port !== undefined &&
    !(Number.isInteger(port) && port > 0 && port < 65536)
  ) {
    throw new InputError(
      `the ingress port is '${ingressPort}', expected a number from 1 to 65535`,
    );
  }
  return createCluster({
    ...{ instance, context, ingressPort: port },
    logger: { info: message => console.error(message) },
  });
}

function renderStatus(status: LocalClusterStatus): string {
  const { instance, provider, state, since, node, ports, addons } = status;
  const rows: [string, string | undefined][] = [
    ['instance', `${instance} (${provider})`],
    ['state', state],
    ['since', since],
    [
      'node',
      node &&
        `${node.name}, ${node.ready ? 'ready' : 'not ready'}, ${node.version}`,
    ],
    ['ingress', ports && `http://127.0.0.1:${ports.ingress}`],
    ['API server', ports && `https://127.0.0.1:${ports.api}`],
    ...addons.map(({ name, ready, version }): [string, string] => [
      name,
      [ready ? 'ready' : 'not ready', version].filter(Boolean).join(', '),
    ]),
    [
      'disk',
      status.diskBytes === undefined
        ? undefined
        : `${(status.diskBytes / 1e6).toFixed(0)} MB`,
    ],
  ];
  return rows
    .flatMap(([name, value]) => (value ? `${name.padEnd(12)}${value}` : []))
    .join('\n');
}

function quote(value: string): string {
  return `'${value.replaceAll("'", `'\\''`)}'`;
}

async function passThrough(
  program: 'kubectl' | 'helm',
  cluster: LocalCluster,
  args: string[],
): Promise<void> {
  const environment = await cluster.environment();
  const path = cluster.auditLog === undefined ? program : programs()[program];
  const { exitCode } = await execa(path, args, {
    ...{ env: environment, stdio: 'inherit', reject: false },
  });
  process.exitCode = exitCode ?? 1;
}

/** Aborts on Ctrl-C, so that a build ends its children and the next call goes on. */
function interruption(): AbortSignal {
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.once(name, () =>
      controller.abort(
        new Error(`interrupted by ${name}; the next \`up\` goes on from here`),
      ),
    );
  }
  return controller.signal;
}

function createProgram(): Command {
  const command = (name: string, description: string) =>
    program
      .command(name)
      .description(description)
      .addOption(
        new Option('--instance <name>', 'which instance')
          .env('STOREYARD_INSTANCE')
          .default('local'),
      );
  const program = new Command('cluster')
    .description("Storeyard's cluster on this machine")
    .exitOverride();
  command('up', 'bring it up, or go on bringing it up')
    .option(
      '--context <name>',
      'use this kube context instead of a native node',
    )
    .option(
      '--ingress-port <port>',
      "the context's ingress on the loopback (80)",
    )
    .action(async (options: CommonOptions) => {
      const cluster = open(options);
      await cluster.up({ signal: interruption() });
      console.log(renderStatus(await cluster.status()));
    });
  command('status', 'say how it is')
    .option('--json', 'as JSON')
    .action(async (options: CommonOptions & { json?: boolean }) => {
      const status = await open(options).status();
      console.log(
        options.json
          ? JSON.stringify(status, undefined, 2)
          : renderStatus(status),
      );
    });
  command('env', 'print what a shell has to set: eval "$(… env)"').action(
    async (options: CommonOptions) => {
      const environment = await open(options).environment();
      for (const [name, value] of Object.entries(environment)) {
        console.log(`export ${name}=${quote(value)}`);
      }
    },
  );
  command('load', 'put image archives onto the node')
    .argument('<archives...>')
    .action((archives: string[], options: CommonOptions) =>
      open(options).load(archives),
    );
  command('stop', 'end all its processes; what is stored stays').action(
    (options: CommonOptions) => open(options).stop(),
  );
  command('delete', 'end all its processes and remove every trace').action(
    (options: CommonOptions) => open(options).delete(),
  );
  for (const name of ['kubectl', 'helm'] as const) {
    command(name, `run ${name} on it as its admin`)
      .argument('[args...]')
      .allowUnknownOption()
      .passThroughOptions()
      .helpOption(false)
      .action((args: string[], options: CommonOptions) =>
        passThrough(name, open(options), args),
      );
  }
  return program.enablePositionalOptions();
}

async function main(): Promise<void> {
  try {
    await createProgram().parseAsync();
  } catch (error) {
    process.exitCode = report(error);
  }
}

/** Says in one line what failed and what to do, and tells the exit code. */
function report(error: unknown): number {
  if (error instanceof CommanderError) {
    return error.exitCode === 0 ? 0 : wrongInput;
  }
  if (error instanceof InputError) {
    console.error(error.message);
    return wrongInput;
  }
  const [message = ''] = (isError(error) ? error.message : String(error)).split(
    '\n',
  );
  const remedy =
    error instanceof PreparationError && error.remedy
      ? `. ${error.remedy}`
      : '';
  console.error(`${message}${remedy} (log: ${buildLog()})`);
  return 1;
}

void main();
