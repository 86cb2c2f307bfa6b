import { runProgram } from '../platform/runProgram';

/** The commands that put archives into the cluster of a context, when its name tells what made it. */
export function loadCommands(
  context: string,
  archives: string[],
): string[][] | undefined {
  const [, tool, name = ''] = /^(k3d|kind)-(.+)$/.exec(context) ?? [];
  switch (tool) {
    case 'k3d':
      return [['k3d', 'image', 'import', '--cluster', name, ...archives]];
    case 'kind':
      return archives.map(archive => [
        ...['kind', 'load', 'image-archive', archive, '--name', name],
      ]);
    default:
      return undefined;
  }
}

/**
 * Puts image archives into the cluster of a context.
 *
 * @returns whether its name tells how; if not, a person has to, see {@link loadRemedy}
 */
export async function loadArchives(options: {
  context: string;
  archives: string[];
  signal?: AbortSignal;
}): Promise<boolean> {
  const { context, archives, signal } = options;
  const commands = loadCommands(context, archives);
  for (const command of commands ?? []) {
    await runProgram(command, [], { signal });
  }
  return commands !== undefined;
}

/** How a person puts archives into a cluster whose context's name doesn't tell. */
export function loadRemedy(archives: string[]): string {
  return `put the images there: on each node \`k3s ctr images import FILE\` (k3s) or \`ctr -n k8s.io images import FILE\` (containerd), for ${archives.join(
    ' ',
  )}`;
}
