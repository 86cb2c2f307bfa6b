import { runBin } from './runBin';

const checks = [
  { title: 'types', run: () => runBin('typescript', 'tsc', ['--noEmit']) },
  {
    title: 'rules',
    run: (args: string[]) =>
      runBin('@backstage/cli', 'backstage-cli', ['repo', 'lint', ...args]),
  },
  {
    title: 'format',
    run: () => runBin('prettier', 'prettier', ['--check', '.']),
  },
];

/** `npm run lint`: types, ESLint's rules and the format. All are run, so that one sees everything at once. */
export async function lintCommand(args: string[]): Promise<number> {
  const failed: string[] = [];
  for (const check of checks) {
    console.log(`lint: ${check.title}`);
    if ((await check.run(args)) !== 0) {
      failed.push(check.title);
    }
  }
  console.log(
    failed.length ? `lint: failed: ${failed.join(', ')}` : 'lint: ok',
  );
  return failed.length ? 1 : 0;
}
