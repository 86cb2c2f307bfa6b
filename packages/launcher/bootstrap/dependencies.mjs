import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { BootstrapError } from './errors.mjs';
import { withLock } from './lock.mjs';
import { root, toolchain } from './paths.mjs';
import { run } from './run.mjs';

const stamp = join(root, 'node_modules', '.storeyard-dependencies');

// Ranges that upstream packages disagree about, and build scripts that are off on purpose.
const noise = /YN00(02|04|60|86)/;

function wantedDigest() {
  const hash = createHash('sha256');
  for (const file of ['yarn.lock', '.yarnrc.yml']) {
    hash.update(readFileSync(join(root, file)));
  }
  return hash.digest('hex');
}

function isInstalled() {
  return (
    existsSync(stamp) && readFileSync(stamp, 'utf8').trim() === wantedDigest()
  );
}

function yarnRelease() {
  const folder = join(root, '.yarn', 'releases');
  const file = readdirSync(folder).find(name => /^yarn-.*\.cjs$/.test(name));
  if (!file) {
    throw new BootstrapError(
      `No Yarn in '${folder}': the clone is incomplete.`,
    );
  }
  return join(folder, file);
}

const programs = join(toolchain, 'bin');

/** Backstage's packaging calls `yarn`, which need not be installed. */
function bringYarn() {
  const path = join(programs, 'yarn');
  const script = `#!/bin/sh\nexec node '${yarnRelease()}' "$@"\n`;
  if (existsSync(path) && readFileSync(path, 'utf8') === script) {
    return;
  }
  mkdirSync(programs, { recursive: true });
  const next = `${path}.${process.pid}`;
  writeFileSync(next, script, { mode: 0o755 });
  renameSync(next, path);
}

/** The environment in which children find the Node that was brought, and Yarn, before any other. */
export function environmentFor(node) {
  return {
    ...process.env,
    PATH: [dirname(node), programs, process.env.PATH]
      .filter(Boolean)
      .join(delimiter),
  };
}

/**
 * Installs what yarn.lock names, unless it is there. The stamp is written last: an interrupted
 * installation is taken up by Yarn at the next start.
 */
export async function bringDependencies(node) {
  bringYarn();
  if (isInstalled()) {
    return;
  }
  await withLock(async () => {
    if (isInstalled()) {
      return;
    }
    const digest = wantedDigest();
    console.log('Installing the dependencies (about a minute the first time)');
    const code = await run(
      node,
      [yarnRelease(), 'install', '--immutable'],
      { cwd: root, env: environmentFor(node) },
      line => !noise.test(line),
    );
    if (code !== 0) {
      throw new BootstrapError(
        `The dependencies could not be installed (exit code ${code}, see above). Nothing is lost: start again to go on.`,
      );
    }
    writeFileSync(stamp, `${digest}\n`);
  });
}
