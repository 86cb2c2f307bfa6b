import { isError } from '@backstage/errors';

type Command = (args: string[]) => Promise<number>;

/**
 * Each command is loaded when it is asked for, so that `npm run kubectl` doesn't wait for the portal's
 * code. By `require`, since Node finds no named exports when it imports transformed TypeScript.
 */
const commands: Record<string, () => Command> = {
  start: () => load<typeof import('./start')>('./start').startCommand,
  stop: () => load<typeof import('./start')>('./start').stopCommand,
  dev: () => load<typeof import('./start')>('./start').devCommand,
  test: () =>
    load<typeof import('./commands/testCommand')>('./commands/testCommand')
      .testCommand,
  verify: () => load<typeof import('./verify')>('./verify').verifyCommand,
  cluster: () => load<typeof import('./commands')>('./commands').clusterCommand,
  kubectl: () => load<typeof import('./commands')>('./commands').kubectlCommand,
  helm: () => load<typeof import('./commands')>('./commands').helmCommand,
  lint: () => load<typeof import('./commands')>('./commands').lintCommand,
  build: () => load<typeof import('./commands')>('./commands').buildCommand,
};

function load<T>(path: string): T {
  return require(path) as T;
}

async function main([name = '', ...args]: string[]): Promise<number> {
  const loadCommand = commands[name];
  if (!loadCommand) {
    const known = Object.keys(commands).join(', ');
    console.error(`Unknown command '${name}', expected one of ${known}.`);
    return 2;
  }
  return loadCommand()(args);
}

main(process.argv.slice(2)).then(
  code => process.exit(code),
  error => {
    console.error(
      process.env.STOREYARD_DEBUG || !isError(error) ? error : error.message,
    );
    process.exit(1);
  },
);
