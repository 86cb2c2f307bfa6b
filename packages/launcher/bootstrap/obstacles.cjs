const neededMemory = 2.5e9;
// Dependencies, programs and images; their first build takes more and checks that itself.
const neededDisk = 6e9;

const gigabytes = bytes => `${(bytes / 1e9).toFixed(1)} GB`;

/**
 * What the first start on a machine would fail on after minutes, a line each. Only what can be told at once
 * and without a dependency: the cluster's own checks follow when Node and the dependencies are there.
 */
function findObstacles(facts) {
  const { platform, architecture, isRoot, availableMemory, freeDisk } = facts;
  const obstacles = [];
  if (platform !== 'linux' || architecture !== 'x64') {
    obstacles.push(
      `The native cluster wants linux-x64, this is ${platform}-${architecture}: use a cluster of your own with --context <name>.`,
    );
  }
  if (!isRoot) {
    obstacles.push(
      'The native cluster makes namespaces and cgroups, which wants root: run it with sudo, or use a cluster of your own with --context <name>.',
    );
  }
  if (availableMemory < neededMemory) {
    obstacles.push(
      `The cluster and a store want ${gigabytes(
        neededMemory,
      )} of memory, ${gigabytes(
        availableMemory,
      )} are available: end other programs, or take a larger machine.`,
    );
  }
  if (freeDisk < neededDisk) {
    obstacles.push(
      `Dependencies, programs and images want ${gigabytes(
        neededDisk,
      )} of disk, ${gigabytes(
        freeDisk,
      )} are free: free some space, or put the clone on another disk.`,
    );
  }
  return obstacles;
}

/**
 * Whether a command will make a native cluster, as far as its arguments and an earlier start tell.
 *
 * @param {string[]} commandLine
 * @param {boolean} instanceExists
 */
function wantsNativeCluster(commandLine, instanceExists) {
  const [command, ...args] = commandLine;
  if (args.some(arg => arg === '--context' || arg.startsWith('--context='))) {
    return false;
  }
  return (
    !instanceExists &&
    (command === 'start' ||
      (command === 'test' && args.length === 0) ||
      (command === 'cluster' && args[0] === 'up'))
  );
}

module.exports = { findObstacles, wantsNativeCluster };
