import { execa } from 'execa';

/** Options of {@link runProgram}. */
export interface RunProgramOptions {
  input?: string;
  environment?: Readonly<Record<string, string>>;
  signal?: AbortSignal;
}

/** Runs a program to its end and returns what it printed. Rejects with what it said when it fails. */
export async function runProgram(
  command: readonly string[],
  args: readonly string[],
  options: RunProgramOptions = {},
): Promise<string> {
  const { input, environment, signal } = options;
  const [program = '', ...first] = command;
  const { stdout } = await execa(program, [...first, ...args], {
    ...(input === undefined ? { stdin: 'ignore' } : { input }),
    env: environment,
    cancelSignal: signal,
  });
  return stdout;
}
