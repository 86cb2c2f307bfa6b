import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { PlannedPart, PreparationProgress } from '../progress';
import { BuildLock } from './BuildLock';
import { ClusterFolder } from './ClusterFolder';
import { clusterKey, partDigest } from './clusterKey';
import { ProgramPart } from './ProgramPart';
import { kubernetesVersion, programParts } from './programParts';
import { ProgramBuilder } from './ProgramBuilder';
import { checkBuildRequirements } from './requirements';

/** Options of {@link buildPrograms}. */
export interface BuildProgramsOptions {
  /** Storeyard's cache; programs go to `cluster/<key>` below it. */
  cacheDirectory: string;
  progress: PreparationProgress;
  /** Path of the log that the output of all commands is added to. */
  log: string;
  /** Ends a build, whose next call then goes on. */
  signal?: AbortSignal;
  /** Default: Storeyard's own parts and sources. */
  parts?: ProgramPart[];
  goFolder?: string;
}

/** Where the programs and the images of the add-ons are. */
export interface BuiltPrograms {
  /** Folder of the programs; CNI plugins in `cni/` below it. */
  bin: string;
  /** Folder of the image archives. */
  images: string;
  /** Names what they were made from: `v1.36.3-<8 hex digits>`. */
  key: string;
}

// This package always runs from its sources.
// eslint-disable-next-line no-restricted-syntax
const goSources = join(__dirname, '../../go');

const preparation: PlannedPart[] = [
  {
    id: 'toolchain',
    title: 'Go and C compiler',
    estimatedSeconds: 2,
  },
  {
    id: 'modules',
    title: 'download of the sources',
    estimatedSeconds: 40,
  },
];

/** The parts of {@link buildPrograms}, for a progress that also counts others. */
export function plannedProgramParts(
  parts: ProgramPart[] = programParts,
): PlannedPart[] {
  return [...preparation, ...parts];
}

/** Where programs are or will be, by the sources as they are now. Nothing is built. */
export function locatePrograms(
  options: Pick<BuildProgramsOptions, 'cacheDirectory' | 'parts' | 'goFolder'>,
): BuiltPrograms & { isComplete: boolean } {
  const { key, folder, digests } = locate(options);
  const parts = options.parts ?? programParts;
  return {
    bin: folder.bin,
    images: folder.images,
    key,
    isComplete: parts.every(({ id }) =>
      folder.stamp(id, digests.get(id) ?? ''),
    ),
  };
}

/**
 * Makes the programs and add-on images of the local cluster, or finds them made. Parts that are finished are
 * kept, those of another version's folder whose sources are the same are taken over, and what a killed build
 * had compiled isn't compiled again.
 *
 * @throws PreparationError when something lacks (before anything is changed) or a part fails
 */
export async function buildPrograms(
  options: BuildProgramsOptions,
): Promise<BuiltPrograms> {
  const { cacheDirectory, progress, signal, log } = options;
  const parts = options.parts ?? programParts;
  const { key, folder, digests } = locate(options);
  const built = { bin: folder.bin, images: folder.images, key };
  const digestOf = ({ id }: ProgramPart) => digests.get(id) ?? '';
  const isMade = (part: ProgramPart) =>
    folder.stamp(part.id, digestOf(part)) !== undefined ||
    folder.adopt(part.id, digestOf(part));
  const keep = (part: PlannedPart) => progress.finish(part.id, 'kept');

  progress.plan(plannedProgramParts(parts));
  if (parts.every(isMade)) {
    [...preparation, ...parts].forEach(keep);
    return built;
  }
  const requirements = await checkBuildRequirements({ cacheDirectory });
  const lock = await BuildLock.acquire({
    file: join(cacheDirectory, 'build.lock'),
    signal,
    onWait: () =>
      progress.note('Waiting for another build that has the same cache.'),
  });
  try {
    // Whoever had the lock before may have made them.
    const missing = parts.filter(part => !isMade(part));
    parts.filter(part => !missing.includes(part)).forEach(keep);
    if (missing.length === 0) {
      preparation.forEach(keep);
      return built;
    }
    const scratch = join(cacheDirectory, 'build');
    const temporary = join(scratch, 'temporary');
    rmSync(temporary, { recursive: true, force: true });
    mkdirSync(temporary, { recursive: true });
    const builder = ProgramBuilder.create({
      ...{ cacheDirectory, scratch, folder, progress, log, signal },
      ...{ requirements, digestOf, goFolder: options.goFolder ?? goSources },
    });
    await builder.build(missing);
    if (!process.env.STOREYARD_KEEP_BUILD_CACHE) {
      rmSync(scratch, { recursive: true, force: true });
    }
    return built;
  } finally {
    await lock.release();
  }
}

function locate(
  options: Pick<BuildProgramsOptions, 'cacheDirectory' | 'parts' | 'goFolder'>,
) {
  const parts = options.parts ?? programParts;
  const goFolder = options.goFolder ?? goSources;
  const digests = new Map(
    parts.map(part => [part.id, partDigest(part, goFolder)]),
  );
  const key = clusterKey(kubernetesVersion, [...digests.values()]);
  const folder = ClusterFolder.create({
    path: join(options.cacheDirectory, 'cluster', key),
  });
  return { key, folder, digests };
}
