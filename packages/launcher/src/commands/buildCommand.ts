import { runBin } from './runBin';

/** `npm run build`: declarations, then the production builds of all packages. */
export async function buildCommand(args: string[]): Promise<number> {
  const types = await runBin('typescript', 'tsc', []);
  if (types !== 0) {
    return types;
  }
  return runBin('@backstage/cli', 'backstage-cli', [
    'repo',
    'build',
    '--all',
    ...args,
  ]);
}
