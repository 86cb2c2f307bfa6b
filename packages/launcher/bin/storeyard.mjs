#!/usr/bin/env node
// What every npm script of this repository runs: makes sure that the right Node and the dependencies
// are there, then hands over to src/cli.ts. Plain JavaScript without dependencies, for any Node >= 18.
import { checkBeforeFirstStart } from '../bootstrap/checks.mjs';
import { bringDependencies } from '../bootstrap/dependencies.mjs';
import { BootstrapError } from '../bootstrap/errors.mjs';
import { runAndExit } from '../bootstrap/handOver.mjs';
import { bringNode } from '../bootstrap/node.mjs';

try {
  checkBeforeFirstStart(process.argv.slice(2));
  const node = await bringNode();
  await bringDependencies(node);
  runAndExit(node, process.argv.slice(2));
} catch (error) {
  if (!(error instanceof BootstrapError)) {
    throw error;
  }
  console.error(error.message);
  process.exit(1);
}
