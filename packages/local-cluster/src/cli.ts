import { createProgram } from './cli/createProgram';
import { reportFailure } from './cli/reportFailure';
import { buildLog } from './prepareCluster';

async function main(): Promise<void> {
  try {
    await createProgram().parseAsync();
  } catch (error) {
    process.exitCode = reportFailure(error, {
      log: buildLog(),
      print: line => console.error(line),
    });
  }
}

void main();
