import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { cacheDirectory } from '@storeyard/image-tools';
import { buildStoreImages } from '@storeyard/store-image';
import { BuiltPrograms, buildPrograms } from './build';
import { programParts } from './build/programParts';
import { PreparationProgress } from './progress';

/** Options of {@link prepareCluster}. */
export interface PrepareClusterOptions {
  progress?: PreparationProgress;
  /** Takes the progress' lines when no `progress` is given. Default: standard error. */
  print?: (line: string) => void;
  signal?: AbortSignal;
}

/** What {@link prepareCluster} made or found. */
export interface PreparedCluster {
  programs: BuiltPrograms;
  /** Archives of the images that stores run. */
  archives: string[];
}

/** The log of all builds. */
export function buildLog(): string {
  return join(cacheDirectory(), 'logs', 'build.log');
}

/** The images that stores run, as archives. */
export async function prepareImages(
  options: PrepareClusterOptions,
): Promise<string[]> {
  const log = openBuildLog();
  const { store, postgres } = await buildStoreImages({
    ...{ cacheDirectory: cacheDirectory(), log },
    ...{ progress: options.progress, signal: options.signal },
  });
  return [store.archive, postgres.archive];
}

/** The programs of the native cluster and its add-ons' images. */
export async function preparePrograms(options: {
  progress: PreparationProgress;
  signal?: AbortSignal;
}): Promise<BuiltPrograms> {
  return buildPrograms({
    ...{ cacheDirectory: cacheDirectory(), log: openBuildLog() },
    ...options,
  });
}

/** For a cluster that is there already: the images that stores run, and the one that its features are tried with. */
export async function prepareContextImages(options: {
  progress: PreparationProgress;
  signal?: AbortSignal;
}): Promise<string[]> {
  const [{ images }, archives] = await Promise.all([
    buildPrograms({
      ...{ cacheDirectory: cacheDirectory(), log: openBuildLog() },
      ...options,
      parts: programParts.filter(({ id }) => id === 'probe'),
    }),
    prepareImages(options),
  ]);
  return [...archives, join(images, 'probe.tar')];
}

/** Builds what lacks of programs and images, side by side, and starts nothing. */
export async function prepareCluster(
  options: PrepareClusterOptions = {},
): Promise<PreparedCluster> {
  const { print, signal } = options;
  const progress =
    options.progress ??
    PreparationProgress.create({
      instance: 'none',
      log: buildLog(),
      ...(print && {
        output: { write: (text: string) => print(text.trimEnd()) },
      }),
    });
  try {
    const [programs, archives] = await Promise.all([
      preparePrograms({ progress, signal }),
      prepareImages({ progress, signal }),
    ]);
    return { programs, archives };
  } finally {
    if (!options.progress) {
      progress.close();
    }
  }
}

function openBuildLog(): string {
  const log = buildLog();
  mkdirSync(join(log, '..'), { recursive: true });
  appendFileSync(log, '');
  return log;
}
