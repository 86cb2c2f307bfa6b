import { readdir, readFile } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import type { PackedPlugin } from './packPlugins';

const specifiers =
  /(?:^|[\s;}])(?:import|export)\s[^'"`;]*?from\s*['"]([^'"]+)['"]|(?:^|[\s;])import\s*['"]([^'"]+)['"]|\b(?:require|import)\(\s*['"]([^'"]+)['"]\s*\)/gm;

function packageOf(specifier: string): string {
  const [first = '', second = ''] = specifier.split('/');
  return first.startsWith('@') ? `${first}/${second}` : first;
}

/** Packages that the built code or the declarations import and the manifest doesn't declare. */
export async function findUndeclaredImports(
  plugin: PackedPlugin,
): Promise<string[]> {
  const { name, dependencies, peerDependencies } = plugin.manifest;
  const declared = new Set([
    name,
    ...Object.keys(dependencies ?? {}),
    ...Object.keys(peerDependencies ?? {}),
  ]);
  const undeclared = new Set<string>();
  const dist = join(plugin.directory, 'dist');
  const files = await readdir(dist, { recursive: true });
  for (const file of files.filter(path => /\.(js|cjs|d\.ts)$/.test(path))) {
    const text = await readFile(join(dist, file), 'utf8');
    for (const [, from, bare, called] of text.matchAll(specifiers)) {
      const specifier = from ?? bare ?? called ?? '';
      if (specifier.startsWith('.') || isBuiltin(specifier)) {
        continue;
      }
      if (!declared.has(packageOf(specifier))) {
        undeclared.add(packageOf(specifier));
      }
    }
  }
  return [...undeclared].sort();
}
