import {
  cp,
  mkdir,
  readdir,
  readFile,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { basename, join } from 'node:path';
import { execa } from 'execa';
import { runToLog } from './runToLog';

/** What a package's manifest says, as far as it is read here. */
export interface PackedManifest {
  name: string;
  version: string;
  private?: boolean;
  main: string;
  types: string;
  configSchema?: string;
  files: string[];
  dependencies?: Record<string, string>;
  peerDependencies?: Record<string, string>;
}

export interface PackedPlugin {
  name: string;
  tarball: string;
  /** Folder of what the tarball holds. */
  directory: string;
  manifest: PackedManifest;
}

export interface PackPluginsOptions {
  root: string;
  /** Takes the workspace that is packed, the tarballs, and what is in them. */
  directory: string;
  logFile: string;
}

async function findYarn(root: string): Promise<string> {
  const folder = join(root, '.yarn/releases');
  const [release] = await readdir(folder);
  if (!release) {
    throw new Error(`expected a release of Yarn in '${folder}', found none`);
  }
  return join(folder, release);
}

/**
 * A workspace to pack in: packing rewrites the manifests for a moment, and nobody who works in the checkout
 * meanwhile should see that.
 */
async function createWorkspace(root: string, workspace: string): Promise<void> {
  const skip = new Set(['node_modules', 'src', 'dev', 'coverage']);
  await mkdir(workspace);
  const files = [
    'package.json',
    'yarn.lock',
    '.yarnrc.yml',
    'backstage.json',
    'tsconfig.json',
  ];
  for (const file of [...files, '.yarn', 'plugins', 'charts']) {
    await cp(join(root, file), join(workspace, file), {
      recursive: true,
      filter: path => !skip.has(basename(path)),
    });
  }
  for (const name of await readdir(join(root, 'packages'))) {
    await mkdir(join(workspace, 'packages', name), { recursive: true });
    await cp(
      join(root, 'packages', name, 'package.json'),
      join(workspace, 'packages', name, 'package.json'),
    );
  }
  await symlink(join(root, 'node_modules'), join(workspace, 'node_modules'));
}

/** Builds the plugins that aren't private and packs them as `yarn npm publish` would. */
export async function packPlugins(
  options: PackPluginsOptions,
): Promise<PackedPlugin[]> {
  const { root, directory, logFile } = options;
  const bin = (name: string) => join(root, 'node_modules/.bin', name);
  // It writes declarations whatever it finds: what it finds is for another stage to tell.
  await runToLog(logFile, root, [bin('tsc')], { mayFail: true });
  await runToLog(logFile, root, [bin('backstage-cli'), 'repo', 'build']);

  const workspace = join(directory, 'workspace');
  await createWorkspace(root, workspace);
  const yarn = await findYarn(root);
  const packed: PackedPlugin[] = [];
  for (const folder of await readdir(join(workspace, 'plugins'))) {
    const source = join(workspace, 'plugins', folder);
    const manifest = JSON.parse(
      await readFile(join(source, 'package.json'), 'utf8'),
    ) as PackedManifest;
    if (manifest.private) {
      continue;
    }
    const tarball = join(directory, `${folder}.tgz`);
    await runToLog(logFile, source, [yarn, 'pack', '--out', tarball]);
    const unpacked = join(directory, folder);
    await mkdir(unpacked);
    await execa('tar', ['-xzf', tarball, '-C', unpacked, '--strip=1']);
    packed.push({
      name: manifest.name,
      tarball,
      directory: unpacked,
      manifest: JSON.parse(
        await readFile(join(unpacked, 'package.json'), 'utf8'),
      ) as PackedManifest,
    });
  }
  await writeFile(logFile, `packed ${packed.length} plugins\n`, { flag: 'a' });
  return packed;
}

/** Of the paths that a package's manifest names, those that its tarball lacks. */
export async function findMissingFiles(
  plugin: PackedPlugin,
): Promise<string[]> {
  const { main, types, configSchema, files } = plugin.manifest;
  const named = [
    main,
    types,
    ...(configSchema ? [configSchema] : []),
    ...files,
  ];
  const missing: string[] = [];
  for (const path of named) {
    try {
      await stat(join(plugin.directory, path));
    } catch {
      missing.push(path);
    }
  }
  return missing;
}
