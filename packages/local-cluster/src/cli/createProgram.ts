import { InputError, NotFoundError } from '@backstage/errors';
import { Command, Option } from 'commander';
import { execa } from 'execa';
import { createCluster } from '../createCluster';
import { LocalCluster } from '../LocalCluster';
import { programs } from '../programs';
import { renderEnvironment } from './renderEnvironment';
import { renderStatus } from './renderStatus';

interface CommonOptions {
  instance: string;
  context?: string;
  ingressPort?: string;
}

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

async function passThrough(
  program: 'kubectl' | 'helm',
  cluster: LocalCluster,
  args: string[],
): Promise<void> {
  const environment = await cluster.environment();
  const path = cluster.auditLog === undefined ? program : programs()[program];
  const { exitCode, code } = await execa(path, args, {
    ...{ env: environment, stdio: 'inherit', reject: false },
  });
  if (code === 'ENOENT') {
    throw new NotFoundError(
      `'${path}' is not there yet: build it with 'npm run cluster -- up'`,
    );
  }
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

/** The command line of the cluster; its actions set the process' exit code. */
export function createProgram(): Command {
  const program = new Command('cluster')
    .description("Storeyard's cluster on this machine")
    .enablePositionalOptions()
    .exitOverride();
  const command = (name: string, description: string) =>
    program
      .command(name)
      .description(description)
      .addOption(
        new Option('--instance <name>', 'which instance')
          .env('STOREYARD_INSTANCE')
          .default('local'),
      );
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
      console.log(renderEnvironment(environment, process.env.PATH ?? ''));
    },
  );
  command('load', 'put image archives onto the node')
    .argument('<archives...>')
    .action((archives: string[], options: CommonOptions) =>
      open(options).load(archives),
    );
  command('stop', 'end all its processes; what is stored stays').action(
    async (options: CommonOptions) => {
      await open(options).stop();
      console.log(`instance '${options.instance}' is stopped`);
    },
  );
  command('delete', 'end all its processes and remove every trace').action(
    async (options: CommonOptions) => {
      await open(options).delete();
      console.log(`instance '${options.instance}' is deleted`);
    },
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
  return program;
}
