import { PreparationProgress } from '../../progress';
import { buildPrograms } from '../buildPrograms';
import { testParts } from './testParts';

// Run as a process of its own, which a test can kill: <cache> <goFolder>
const [cacheDirectory, goFolder] = process.argv.slice(2);
if (!cacheDirectory || !goFolder) {
  throw new Error('usage: buildTestParts <cache> <goFolder>');
}
const log = `${cacheDirectory}/build.log`;
buildPrograms({
  ...{ cacheDirectory, goFolder, log, parts: testParts },
  progress: PreparationProgress.create({ instance: 'local', log }),
}).catch(error => {
  process.stderr.write(`${error.stack}\n`);
  process.exitCode = 1;
});
