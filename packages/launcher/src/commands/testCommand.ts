import { repositoryRoot } from '../repository/paths';
import { runTests } from '../test/runTests';

/** `npm test [-- stage …]`: the whole suite, or the named stages of it. */
export async function testCommand(args: string[]): Promise<number> {
  const controller = new AbortController();
  const abort = () => controller.abort();
  process.once('SIGINT', abort);
  process.once('SIGTERM', abort);
  try {
    return await runTests({
      only: args,
      root: repositoryRoot,
      signal: controller.signal,
      print: line => console.log(line),
    });
  } finally {
    process.off('SIGINT', abort);
    process.off('SIGTERM', abort);
  }
}
