import { abortOnSignals } from '../processes/abortOnSignals';
import { repositoryRoot } from '../repository/paths';
import { runTests } from '../test/runTests';

/** `npm test [-- stage …]`: the whole suite, or the named stages of it. */
export async function testCommand(args: string[]): Promise<number> {
  return abortOnSignals(signal =>
    runTests({
      only: args,
      root: repositoryRoot,
      signal,
      print: line => console.log(line),
    }),
  );
}
