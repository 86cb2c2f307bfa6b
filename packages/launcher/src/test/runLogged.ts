import { createWriteStream } from 'node:fs';
import { execa } from 'execa';
import { StageContext } from './TestStage';

export interface RunLoggedOptions {
  context: StageContext;
  command: string;
  args: string[];
  cwd: string;
  env?: Record<string, string>;
}

/** Runs a command whose whole output goes to the stage's log; an exit code other than 0 is returned, not thrown. */
export async function runLogged(
  options: RunLoggedOptions,
): Promise<{ exitCode: number }> {
  const { context, command, args, cwd, env } = options;
  const log = createWriteStream(context.logFile, { flags: 'a' });
  log.write(`$ ${command} ${args.join(' ')}\n`);
  try {
    const child = execa(command, args, {
      cwd,
      env,
      stdin: 'ignore',
      all: true,
      buffer: false,
      reject: false,
      cancelSignal: context.signal,
      forceKillAfterDelay: 10_000,
    });
    child.all.pipe(log, { end: false });
    const result = await child;
    return { exitCode: result.exitCode ?? 1 };
  } finally {
    await new Promise<void>(resolve => log.end(resolve));
  }
}
