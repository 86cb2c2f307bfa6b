import type { BuildFolder } from './BuildFolder';
import type { StoreImagePartId, StoreImagesProgress } from './parts';

/** What every part of a build works with. */
export interface BuildContext {
  scratch: BuildFolder;
  folder: string;
  progress?: StoreImagesProgress;
  log: string;
  signal: AbortSignal;
}

/** Does a part, and tells of its beginning and its end. */
export async function part<T>(
  { progress, signal }: BuildContext,
  id: StoreImagePartId,
  make: () => Promise<T>,
): Promise<T> {
  signal.throwIfAborted();
  progress?.start(id);
  const made = await make();
  progress?.finish(id, 'done');
  return made;
}

/** The same for a part that is one step of the build's folder; resolves to what it made. */
export async function stepPart(
  { scratch, progress, signal }: BuildContext,
  id: StoreImagePartId,
  key: string,
  make: (into: string) => Promise<void>,
): Promise<string> {
  signal.throwIfAborted();
  progress?.start(id);
  const { folder, status } = await scratch.step(
    id.replace('image-', ''),
    key,
    make,
  );
  progress?.finish(id, status);
  return folder;
}
