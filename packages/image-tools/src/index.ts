export { cacheDirectory } from './cacheDirectory';
export { digestFiles, imageToolsSources } from './digestFiles';
export type { DigestFilesOptions } from './digestFiles';
export { createDebianRoot } from './createDebianRoot';
export type { CreateDebianRootOptions, RootUser } from './createDebianRoot';
export { ensureDebianPackages } from './ensureDebianPackages';
export type { EnsureDebianPackagesOptions } from './ensureDebianPackages';
export { extractDebianPackages } from './extractDebianPackages';
export type {
  ExtractDebianPackagesOptions,
  ExtractedPackage,
} from './extractDebianPackages';
export { writeImageArchive } from './writeImageArchive';
export type { ImageLayer } from './imageLayer';
export type {
  ImageConfig,
  WriteImageArchiveOptions,
  WrittenImage,
} from './writeImageArchive';
